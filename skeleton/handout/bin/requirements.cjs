'use strict';
// In old syntax, so that any Node can read it and report that it is too old.
var path = require('path');

/** In the repository as in a handout, this package is two folders below the project. */
var PROJECT = path.join(__dirname, '../../..');

/**
 * Why a version of Node will not do; undefined if it will.
 *
 * @param {string} version - `18.20.4`
 * @param {string} needed - `>=20.19`
 */
function whyNotNode(version, needed) {
  var least = needed.replace('>=', '').split('.').map(Number);
  var present = version.split('.').map(Number);
  var isEnough = present[0] > least[0] || (present[0] === least[0] && present[1] >= least[1]);
  if (isEnough) return undefined;
  return 'Node ' + least.join('.') + ' or newer is needed, and this is ' + version + '; https://nodejs.org has it';
}

/** Whether the packages are installed: it is enough to look for one that everything needs. */
function hasPackages() {
  try {
    require.resolve('esbuild');
    return true;
  } catch (error) {
    return error.code !== 'MODULE_NOT_FOUND';
  }
}

/**
 * Ends the process with one line if a command cannot start here.
 *
 * @param {string} command - its name
 * @param {string} install - what installs the packages
 * @param {number} exitCode - of this process, if it ends
 */
function requireAll(command, install, exitCode) {
  var needed = require(path.join(PROJECT, 'package.json')).engines.node;
  var why = whyNotNode(process.versions.node, needed);
  if (!why && !hasPackages()) why = 'packages are missing; run ' + install + ' in ' + PROJECT;
  if (!why) return;
  process.stderr.write(command + ': ' + why + '\n');
  process.exit(exitCode);
}

exports.whyNotNode = whyNotNode;
exports.requireAll = requireAll;
