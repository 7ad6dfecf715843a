// Given options of axe-core: what it finds, sooner. Nothing here changes what that is.
async options => {
  const { Color } = axe.commons.color;
  if (!Color.parsed) {
    // The same few colours are read from text for every element and each of its ancestors.
    const parse = Color.prototype.parseString;
    Color.parsed = new Map();
    Color.prototype.parseString = function (text) {
      const known = Color.parsed.get(text);
      if (known) return Object.assign(this, { r: known.r, g: known.g, b: known.b, alpha: known.alpha });
      parse.call(this, text);
      Color.parsed.set(text, new Color(this));
      return this;
    };
  }
  // The text of an element is written out only when there is something to tell of it.
  axe.configure({ noHtml: true });
  const found = await axe.run(document, options);
  if (!found.violations.length) return [];
  axe.reset();
  const told = await axe.run(document, options);
  // What went meanwhile is told without its text: it was there.
  return (told.violations.length ? told : found).violations;
}
