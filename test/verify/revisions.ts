/** What the official suite asks of a server of one revision. The lists are frozen by the suite for each revision. */
export type Revision = {
  revision: string;
  /** All that conforming to the revision takes. */
  required: readonly string[];
  /** What else we pass: the suite runs it without counting it. */
  beyond: readonly string[];
  /** What the suite runs without counting it, and why we do not serve it; a name may end in `*`. */
  leftOut: Readonly<Record<string, string>>;
};

/** Required in both revisions. */
const SHARED = [
  'completion-complete',
  'dns-rebinding-protection',
  'prompts-get-embedded-resource',
  'prompts-get-simple',
  'prompts-get-with-args',
  'prompts-get-with-image',
  'prompts-list',
  'resources-list',
  'resources-read-binary',
  'resources-read-text',
  'resources-templates-read',
  'server-sse-multiple-streams',
  'tools-call-audio',
  'tools-call-embedded-resource',
  'tools-call-error',
  'tools-call-image',
  'tools-call-mixed-content',
  'tools-call-simple-text',
  'tools-call-with-progress',
  'tools-list',
];

export const REVISIONS: readonly Revision[] = [
  {
    revision: '2025-11-25',
    required: [
      ...SHARED,
      'elicitation-sep1034-defaults',
      'elicitation-sep1330-enums',
      'logging-set-level',
      'ping',
      'resources-subscribe',
      'resources-unsubscribe',
      'server-initialize',
      'tools-call-elicitation',
      'tools-call-sampling',
      'tools-call-with-logging',
    ],
    beyond: ['json-schema-2020-12', 'server-session-lifecycle'],
    leftOut: { 'server-sse-polling': 'a stream that broke is not resumed; 2026-07-28 has given that up' },
  },
  {
    revision: '2026-07-28',
    required: [
      ...SHARED,
      'caching',
      'input-required-result-basic-elicitation',
      'input-required-result-basic-list-roots',
      'input-required-result-basic-sampling',
      'input-required-result-capability-check',
      'input-required-result-ignore-extra-params',
      'input-required-result-missing-input-response',
      'input-required-result-multi-round',
      'input-required-result-multiple-input-requests',
      'input-required-result-non-tool-request',
      'input-required-result-request-state',
      'input-required-result-result-type',
      'input-required-result-tampered-state',
      'input-required-result-unsupported-methods',
      'input-required-result-validate-input',
      'sep-2164-resource-not-found',
      'server-stateless',
    ],
    beyond: ['http-custom-header-server-validation', 'http-header-validation', 'json-schema-2020-12'],
    leftOut: { 'tasks-*': 'an optional extension, which no host has been seen to use' },
  },
];
