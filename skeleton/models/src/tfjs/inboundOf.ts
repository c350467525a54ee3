import * as z from 'zod';
import type { KerasScope } from './KerasScope.ts';
import type { KerasLayer } from './Topology.ts';

/** What a layer is called with beside values: masks are for sequences, and anything else must be switched off. */
const Arguments = z.object({ mask: z.unknown().optional() }).catchall(z.literal([null, false]));
/** As Keras 2 and TensorFlow.js list the values of one use: by layer, which of its uses, which of its outputs. */
const Use = z.array(z.tuple([z.string(), z.number(), z.number()]).rest(Arguments));

/**
 * The names of the layers whose values a layer takes; it may be used only once.
 *
 * @throws ModelError naming the layer if it takes none or is used several times; UnknownOperator if they are listed in a
 *   form that is not known here
 */
export function inboundOf(
  name: string,
  { class_name, inbound_nodes: uses = [] }: KerasLayer,
  scope: KerasScope,
): string[] {
  if (uses.length > 1) throw scope.refusal(name, class_name, `is used ${uses.length} times; use each layer once`);
  const values = Use.safeParse(uses[0] ?? []);
  if (!values.success) throw scope.unknown(name, class_name, 'has inbound_nodes in a form that is not known here');
  if (values.data.length === 0) throw scope.refusal(name, class_name, 'has no inbound_nodes; save the model again');
  return values.data.map(([layer]) => layer);
}
