/** Marks that vendors put into a text for programs of their own: they point at sources, which are listed apart. */
const MARKS: readonly { mark: RegExp; becomes: (...words: string[]) => string }[] = [
  // OpenAI: `entity` between private-use characters names something that the sentence needs.
  {
    mark: /\ue200entity\ue202\["[^"\n]{0,60}","([^"\n]{1,200})"[^\ue200\ue201\n]{0,400}\ue201/g,
    becomes: (_, name = '') => name,
  },
  // The same characters around everything else: `cite`, `navlist`, `turn0search0`; at the end one may be cut off.
  { mark: /[ \t]?\ue200[^\ue200\ue201\n]{1,1000}(?:\ue201|$)/g, becomes: () => '' },
  // OpenAI's file search: `【4:0†source】`, `【12†L3-L9】`.
  { mark: /[ \t]?【\d{1,4}(?::\d{1,4})?†[^【】\n]{0,200}】/g, becomes: () => '' },
  { mark: /[ \t]?:contentReference\[oaicite:\d{1,4}\](?:\{index=\d{1,4}\})?/g, becomes: () => '' },
  // xAI's cards.
  {
    mark: /[ \t]?<grok:render [^<>]{0,200}>(?:<argument [^<>]{0,100}>[^<>]{0,200}<\/argument>\s{0,10}){0,5}<\/grok:render>/g,
    becomes: () => '',
  },
];

/** A text without marks that point at sources. */
export const withoutCitationMarks = (text: string): string =>
  MARKS.reduce((clean, { mark, becomes }) => clean.replaceAll(mark, becomes), text);
