'use strict';
require('../../skeleton/handout/bin/requirements.cjs').requireAll('npm test', 'npm ci', 3);
