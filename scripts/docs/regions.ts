/** What may be generated into a document, by the name in its marker. */
export type Regions = Readonly<Record<string, () => string>>;

const REGION = /<!-- generated: ([\w-]+) -->\n[\s\S]*?<!-- end -->/g;

/**
 * The document with every region between `<!-- generated: name -->` and `<!-- end -->` written anew. Throws for a marker that
 * names no region, and for a region without a marker: a table that quietly left the document would never be missed.
 */
export function fillRegions(document: string, regions: Regions): string {
  const placed = new Set<string>();
  const filled = document.replaceAll(REGION, (_whole, name: string) => {
    const region = regions[name];
    if (region === undefined) throw new Error(`No region "${name}" is generated: there are ${Object.keys(regions).join(', ')}.`);
    placed.add(name);
    return `<!-- generated: ${name} -->\n${region()}\n<!-- end -->`;
  });
  const missing = Object.keys(regions).find((name) => !placed.has(name));
  if (missing !== undefined) throw new Error(`The document has no "<!-- generated: ${missing} -->" … "<!-- end -->".`);
  return filled;
}
