import { jestConfig } from '@im2grade/handout/jest';

export default jestConfig(import.meta.dirname);
