import { endInOneLine } from '../../test/endInOneLine.ts';
import {
  chain,
  conv,
  graph,
  kernel,
  message,
  modelOf,
  node,
  relu,
  repeated,
  sizes,
  weights,
  zeros,
} from '../../test/writeOnnx.ts';

endInOneLine('whose nodes do what they should not', [
  [
    'loops 2^62 times',
    /node "classes" \(Loop\) has a graph of its own/,
    () => modelOf(chain({ operator: 'Loop', attributes: { body: graph([]) } })),
  ],
  [
    'has 200 conditions within one another',
    /has a graph of its own/,
    () =>
      modelOf(
        chain({
          operator: 'If',
          attributes: {
            then_branch: repeated(200, Number).reduce(
              (inner) => graph(chain({ operator: 'If', attributes: { then_branch: inner } })),
              graph([]),
            ),
          },
        }),
      ),
  ],
  ['has a loop without a graph', /\(Scan\) is not admitted/, () => modelOf(chain({ operator: 'Scan' }))],
  ['is random', /\(RandomNormalLike\) is not admitted/, () => modelOf(chain({ operator: 'RandomNormalLike' }))],
  [
    'has an operator of its own domain',
    /of the domain "com\.evil"/,
    () => modelOf(chain({ ...relu, domain: 'com.evil' })),
  ],
  [
    'has an operator that is not known',
    /^pending: .*\(Frobnicate\) is an operator that is not known/,
    () => modelOf(chain({ operator: 'Frobnicate' })),
  ],
  ['is named like a prototype', /^pending: .*\(__proto__\)/, () => modelOf(chain({ operator: '__proto__' }))],
  [
    'prints colours and lines',
    /node "\?\[31mPASS\?" \(a\?b\)/,
    () => modelOf(chain({ operator: 'a\nb', name: '\u001b[31mPASS\r\n' })),
  ],
  ['has a name of a megabyte', /node "x{80}"/, () => modelOf(chain({ operator: 'Loop', name: 'x'.repeat(1e6) }))],
  [
    'has an attribute named like a property',
    /^pending: .*resizes in the mode nearest, constructor/,
    () =>
      modelOf([
        sizes('s', 1, 3, 9, 9),
        ...chain({
          operator: 'Resize',
          inputs: ['', '', 's'],
          attributes: { coordinate_transformation_mode: 'constructor' },
        }),
      ]),
  ],
  [
    'prints colours by an attribute',
    /^pending: .*has auto_pad = \?\[31mPASS/,
    () => modelOf([kernel, ...chain({ ...conv(), attributes: { auto_pad: '\u001b[31mPASS\n' } })]),
  ],
  [
    'has an attribute that is not known',
    /^pending: .*has the attribute "evil"/,
    () => modelOf(chain({ ...relu, attributes: { evil: 1 } })),
  ],
  ['has 100,000 nodes', /has more than 1000 nodes/, () => modelOf(chain(...repeated(100_000, () => relu)))],
  [
    'goes in a circle',
    /needs "b", which no node before it makes/,
    () =>
      modelOf([
        node({ operator: 'Relu', inputs: ['b'], output: 'a' }),
        node({ operator: 'Relu', inputs: ['a'], output: 'b' }),
      ]),
  ],
  [
    'makes a value twice',
    /makes "v1", which is there already/,
    () => modelOf([...chain(relu, relu), node({ operator: 'Relu', inputs: ['images'], output: 'v1' })]),
  ],
  [
    'makes its input again',
    /makes "images", which is there already/,
    () => modelOf([node({ operator: 'Relu', inputs: ['images'], output: 'images' })]),
  ],
  [
    'makes no output',
    /no node makes the output "classes"/,
    () => modelOf([node({ operator: 'Relu', inputs: ['images'], output: 'other' })]),
  ],
  ['has a node without output', /makes? .*|no output/, () => modelOf([[1, message([1, 'images'], [4, 'Relu'])]])],
  [
    'has a constant as output',
    /no node makes the output "classes" from images/,
    () => modelOf([weights('classes', [1], zeros(1))]),
  ],
]);
