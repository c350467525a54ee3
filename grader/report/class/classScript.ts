/**
 * Makes the table of students sortable by its heads and filterable by text and by group. Everything it shows is in the
 * page already; without it the table is complete, in the class's order.
 */
export const CLASS_SCRIPT = `
'use strict';
(() => {
  const table = document.querySelector('#students table');
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => ({
    row,
    text: row.textContent.toLowerCase(),
    groups: new Set(row.dataset.groups.split(' ')),
  }));

  const form = document.querySelector('#filter');
  const { words, group } = form.elements;
  const shown = document.querySelector('#shown');
  function filter() {
    const wanted = words.value.toLowerCase().split(/\\s+/);
    let count = 0;
    for (const { row, text, groups } of rows) {
      row.hidden = !(group.value === '' || groups.has(group.value)) || !wanted.every((word) => text.includes(word));
      if (!row.hidden) count++;
    }
    shown.textContent = count + ' of ' + rows.length + ' shown';
  }
  form.addEventListener('input', filter);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(filter));
  for (const link of document.querySelectorAll('a[data-group]'))
    link.addEventListener('click', () => {
      words.value = '';
      group.value = link.dataset.group;
      filter();
    });

  const { compare } = new Intl.Collator(undefined, { numeric: true });
  function keysOf(column, isNumber) {
    return new Map(rows.map(({ row }) => {
      const cell = row.cells[column];
      return [row, isNumber ? parseFloat(cell.dataset.value) : cell.textContent.trim()];
    }));
  }
  // Rows without a value come last in both orders.
  const isMissing = (key) => key === '' || Number.isNaN(key);
  function sort(head, column) {
    const isNumber = head.classList.contains('number');
    const ascends = head.ariaSort ? head.ariaSort === 'descending' : !isNumber;
    const keys = keysOf(column, isNumber);
    const order = (a, b) => (isNumber ? a - b : compare(a, b)) * (ascends ? 1 : -1);
    const sorted = [...rows].sort((a, b) => {
      const [x, y] = [keys.get(a.row), keys.get(b.row)];
      return isMissing(x) || isMissing(y) ? isMissing(x) - isMissing(y) : order(x, y);
    });
    body.append(...sorted.map(({ row }) => row));
    for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
    head.ariaSort = ascends ? 'ascending' : 'descending';
  }
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    button.addEventListener('click', () => sort(head, column));
    head.append(button);
  });

  form.hidden = false;
  filter();
})();
`;
