#!/usr/bin/env node
'use strict';
require('./requirements.cjs').requireAll('grade', 'npm install', 2);
require('./start.cjs');
