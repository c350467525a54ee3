/// <reference lib="dom" />
import { followProgress } from './followProgress.ts';
import { filterAsTyped } from './filterAsTyped.ts';
import { addRemarks } from './addRemarks.ts';
import { pressKeys } from './pressKeys.ts';
import { pickLines } from './pickLines.ts';
import { askBeforeLeaving } from './askBeforeLeaving.ts';

// Every page is complete without this; what it adds is found by the elements that it is about.
followProgress();
filterAsTyped();
addRemarks();
pressKeys();
pickLines();
askBeforeLeaving();
