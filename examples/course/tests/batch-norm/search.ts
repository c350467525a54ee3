import { searchFunctions } from '@im2grade/kit';
import * as functions from './functions.ts';

searchFunctions(functions);
