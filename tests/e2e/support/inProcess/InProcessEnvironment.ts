import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import SuiteEnvironment from '../../../../grader/examine/SuiteEnvironment.ts';
import { InProcessSession } from './InProcessSession.ts';

/** The environment of the suites, with the submission in the suites' own process: for code of our own. */
export default class InProcessEnvironment extends SuiteEnvironment {
  constructor(config: JestEnvironmentConfig, context: EnvironmentContext) {
    super(config, context, async (settings, bundle) => new InProcessSession(settings, bundle));
  }
}
