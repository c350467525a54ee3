import { drawnActivations, drawnFilters, placeInDocument, showBeside } from '@im2grade/kit';
import { normalisationOf, type Submission } from './handedIn.ts';
import { PIXELS, SIDE, testImages } from './measured.ts';
import { REPORT, SECTIONS } from './report.ts';
import { transferModel } from './transfer/TransferModel.ts';

/** The first test image, which everybody has. */
const image = () => ({
  ...{ name: 'test image 0', height: SIDE, width: SIDE },
  bytes: testImages().images.slice(0, PIXELS),
});

async function activations(submission: Submission, which: 'first' | 'last') {
  const { model } = await transferModel(submission);
  return drawnActivations(model, which, image(), normalisationOf('transfer'));
}

const own = (section: string) => () => placeInDocument(REPORT, SECTIONS, section);

showBeside('transfer.first-activations', own('3e'), ({ submission }) => activations(submission, 'first'));
showBeside('transfer.last-activations', own('3f'), ({ submission }) => activations(submission, 'last'));
showBeside('transfer.filters', own('3g'), async ({ submission }) =>
  drawnFilters((await transferModel(submission)).model),
);
