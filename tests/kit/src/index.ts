export { criterion } from './criterion.ts';
export type { CriterionContext } from './examineOn.ts';
export { doesAnswer, Subject, isSubmissionFault } from './Subject.ts';
export { CriterionFailure, credit, inconclusive, Undecided } from './verdicts.ts';
export { assertDefinition, assertSizes, type CaseData, ordinaryData } from './assertDefinition.ts';
export { assertProperty } from './assertProperty.ts';
export { holds } from './holds.ts';
export {
  geometries,
  type GeometryFeatures,
  LARGE_BATCHES,
  LARGE_GEOMETRIES,
  LONG_SIDES,
  PLAIN_GEOMETRIES,
} from './arbitraries/geometries.ts';
export {
  BATCHES_OF_THREE,
  convolutions,
  KERNEL_SIZED_IMAGES,
  LARGE_CONVOLUTIONS,
  LARGE_IMAGES,
  LARGE_LINEAR_LAYERS,
  linearLayers,
  paddedConvolutions,
  PLAIN_CONVOLUTIONS,
  PLAIN_IMAGES,
  PLAIN_LINEAR_LAYERS,
  pooledImages,
} from './arbitraries/images.ts';
export { imagesAt } from './imagesAt.ts';
export { type FreshArrays, freshArrays } from './freshArrays.ts';
export { randomData, type RandomData, singlePrecisionData, unevenData, unusualData } from './randomData.ts';
export type { Questions, Scene } from '@im2grade/grader/model/questions.ts';
export { direct } from './oracle/direct.ts';
export { exactly, type Sums } from './oracle/sums.ts';
export { convolved, type ConvolutionSizes, type ImageSizes, type LinearSizes, nchw, pooled } from './oracle/nchw.ts';
export { derivatives, type DerivativeSums } from './oracle/derivatives.ts';
export { type Comparison, expectEqual, expectUntouched } from './expectEqual.ts';
export type { Origin } from './replayOf.ts';
export { expectCase, explainByMistake, expectLaw, type Law, type Named } from './expectLaw.ts';
export { expectAsReference } from './expectAsReference.ts';
export { examinedFunction, type ExaminedFunction, followsReference } from './followsReference.ts';
export { namedCall, type NamedCall, type Shape } from './namedCall.ts';
export { expectInputsUntouched } from './expectInputsUntouched.ts';
export { expectResultsKept } from './expectResultsKept.ts';
export { axesOf } from './axesOf.ts';
export { once } from './once.ts';
export { checkGradient, type Differentiable } from './gradientCheck.ts';
export { measureSpeed, type TimedOperation } from './speed/measureSpeed.ts';
export { measureScaling } from './speed/measureScaling.ts';
export type { TeamOperation } from './speed/sampleTeam.ts';
export type { HeapPlace, TeamResults } from './speed/largestPart.ts';
export { type AskedCells, either, follows, near } from './answers/asked.ts';
export { judgeAnswers } from './answers/judgeAnswers.ts';
export { plainAnswer } from './answers/plainAnswer.ts';
export type { Normalisation } from '@im2grade/models';
export { type ExaminedModel, examinedModel } from './models/ExaminedModel.ts';
export { drawnActivations, drawnFilters } from './models/drawnModel.ts';
export { layersOf, type ModelLayer } from '@im2grade/models/layersOf';
export type { ModelNode, ModelStructure, NamedShape } from './models/ModelStructure.ts';
export { showBeside } from './showBeside.ts';
export { placeInDocument } from './documents/placeInDocument.ts';
export type { AskedSections } from './documents/findSections.ts';
export { type AskedDocument, judgeDocument } from './documents/judgeDocument.ts';
export { drawnCurves, type NamedCurves } from './curves/drawnCurves.ts';
export { type AskedCurves, judgeCurves } from './curves/judgeCurves.ts';
export { readCurves } from './curves/readCurves.ts';
export {
  answersTrusted,
  initialParameters,
  NO_ANSWER,
  placeInHeap,
  type Trained,
  trainTrusted,
  useTrustedLibrary,
} from './trustedLibrary.ts';
export { type AskedForm, judgeForm } from './policy/judgeForm.ts';
export { scalarForm, vectorForm, withoutLoops } from './policy/rules.ts';
export { firstLayer, publicDigits } from './publicDigits.ts';
export { dataSet, declaredData } from './dataSet.ts';
export { kept } from './kept.ts';
export { examination } from './examination.ts';
export { searchDifference } from './searchDifference.ts';
export { searchFunctions } from './searchFunctions.ts';
export type { Call, CallResult, LabelledImages, Values } from '@im2grade/grader/model/examination.ts';
export { workShowsIn } from './workShowsIn.ts';
export { toNum } from '@im2grade/grader/model/evidence.ts';
export type { Classification, LearningCurves } from '@im2grade/grader/model/evidence.ts';
