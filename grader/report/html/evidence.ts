import type { Evidence } from '../../model/evidence.ts';
import { measurementText } from '../text/measurementText.ts';
import { classificationSection } from './classification.ts';
import { counterexampleSection, geometryList, nearbyNote } from './counterexample.ts';
import { gradientTable } from './gradientTable.ts';
import { type Html, html } from './html.ts';
import { learningCurveSection } from './learningCurves.ts';
import { picturesFigure } from './picturesFigure.ts';
import { scalingSection } from './scaling.ts';
import { timingSection } from './timing.ts';

/** One piece of evidence, drawn by its kind. */
export async function evidenceSection(evidence: Evidence): Promise<Html> {
  switch (evidence.type) {
    case 'counterexample':
      return counterexampleSection(evidence);
    case 'misbehaviour':
      return html`<p class="lead">Your code ${BEHAVIOUR[evidence.what]}:</p>
        <pre>${evidence.message}</pre>
        ${geometryList(evidence.geometry)} ${nearbyNote(evidence.nearby)}`;
    case 'gradient-check':
      return gradientTable(evidence);
    case 'timing':
      return timingSection(evidence);
    case 'scaling':
      return scalingSection(evidence);
    case 'learning-curves':
      return learningCurveSection(evidence);
    case 'classification':
      return classificationSection(evidence);
    case 'pictures':
      return picturesFigure(evidence);
    case 'measurement':
      return html`<p>${measurementText(evidence)}</p>`;
    case 'remark':
      return html`<p class="text">
        ${evidence.by !== undefined && html`<strong>${evidence.by}:</strong> `}${evidence.message}
      </p>`;
  }
}

const BEHAVIOUR = {
  threw: 'threw an error',
  'unequal-barriers': 'its threads did not meet at every barrier',
  'racing-writes': 'two of its threads write to the same element',
  'timed-out': 'ran out of time',
  crashed: 'crashed',
  'out-of-memory': 'ran out of memory',
  protocol: 'sent a message that the grader did not expect',
  'returned-something': 'returned something that was not asked for',
} as const;
