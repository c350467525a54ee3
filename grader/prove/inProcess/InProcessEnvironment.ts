import SuiteEnvironment from '../../examine/SuiteEnvironment.ts';
import { InProcessSession } from './InProcessSession.ts';

type Given = ConstructorParameters<typeof SuiteEnvironment>;

/** The environment of the suites, with the submission in the suites' own process: for code of our own. */
export default class InProcessEnvironment extends SuiteEnvironment {
  constructor(config: Given[0], context: Given[1]) {
    super(config, context, async (settings, bundle) => new InProcessSession(settings, bundle));
  }
}
