#!/usr/bin/env node
'use strict';
// By path: if packages are missing, no other way leads there.
require('../../skeleton/handout/bin/requirements.cjs').requireAll('grade', 'npm ci', 3);
require('./load.cjs');
