/** What `DataParallel` and `torch.compile` put before the names of all tensors. */
const WRAPPERS = /^(?:module\.|_orig_mod\.)+/u;

/**
 * What a wrapper around a model has put before the names of all its tensors; empty if there was none.
 *
 * @example
 * ```ts
 * wrapperOf(['module.conv1.weight', 'module.fc.weight']); // 'module.'
 * ```
 */
export function wrapperOf(names: readonly string[]): string {
  const [wrapper = ''] = WRAPPERS.exec(names[0] ?? '') ?? [];
  return names.every((name) => name.startsWith(wrapper)) ? wrapper : '';
}
