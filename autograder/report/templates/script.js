// The table of submissions: sort by a click on a heading, search by typing. Without a script it is a plain table.
(() => {
  const SHOWN = 200; // Rows laid out at once: thousands would make each click wait.
  const table = document.getElementById("map");
  const body = table.tBodies[0];
  const shown = document.getElementById("shown");
  const all = document.getElementById("all");
  const search = document.getElementById("search");
  const collator = new Intl.Collator("en", { numeric: true });
  let rows = Array.from(body.rows);
  let limit = SHOWN;

  const text = (row, column) => row.cells[column].textContent;

  const section = document.getElementById("section");
  const sections = section ? document.getElementById("sections").cellIndex : 0;
  const status = document.getElementById("status").cellIndex;
  const described = (row) =>
    Array.from(row.cells, (cell) => (cell.matches(".who") || cell.cellIndex === status ? cell.textContent : "")).join(" ");

  const show = () => {
    const wanted = search.value.trim().toLowerCase();
    const chosen = section ? section.value : "";
    const found = rows.filter(
      (row) =>
        (!wanted || described(row).toLowerCase().includes(wanted)) &&
        (!chosen || text(row, sections).split(", ").includes(chosen)),
    );
    body.replaceChildren(...found.slice(0, limit));
    all.hidden = found.length <= limit;
    shown.textContent = all.hidden && found.length === rows.length ? "" : `${Math.min(limit, found.length)} of ${rows.length} shown`;
  };

  Array.from(table.tHead.rows[0].cells).forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const numeric = heading.classList.contains("number");
      // The first click brings the best score to the top, or the first name.
      const before = heading.getAttribute("aria-sort");
      const down = before ? before === "ascending" : numeric;
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", down ? "descending" : "ascending");
      const number = (cell) => (cell === "" ? -1 : parseFloat(cell));
      const order = numeric ? (a, b) => number(a) - number(b) : collator.compare;
      rows = rows
        .map((row) => [text(row, column), row])
        .sort(([a], [b]) => (down ? order(b, a) : order(a, b)))
        .map(([, row]) => row);
      show();
    });
  });

  const showAll = () => {
    limit = Infinity;
    show();
  };
  search.addEventListener("input", show);
  if (section) section.addEventListener("change", show);
  const anonymous = document.getElementById("anonymous");
  anonymous.addEventListener("change", () => document.body.classList.toggle("anonymous", anonymous.checked));
  all.addEventListener("click", showAll);
  window.addEventListener("beforeprint", showAll);
  show();
})();
