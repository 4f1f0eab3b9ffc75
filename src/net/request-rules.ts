import { MINUTE } from './account-rules.ts';
import type { Blamed } from './blamed.ts';
import { CALLERS, DENIED, type Rule } from './rule.ts';
import { phrases } from './words.ts';

/** The setting that chooses another wire, as a config writes it. */
const wireSetting = ({ provider }: Blamed): string => `providers.${provider ?? '<provider>'}.wire`;

/** Rules about the request and the model: what of it is refused, too long, unknown or not supported. */
export const REQUEST_RULES: readonly Rule[] = [
  {
    kind: 'refused',
    among: ['bad_request', 'forbidden', 'unsupported', 'upstream'],
    words: phrases(
      'content[ _]?(?:management )?(?:policy|filter|moderation)',
      'safety (?:system|filter|policy|check)|SAFETY_CHECK',
      'flagged',
      'moderation',
      'violat\\w+…(?:polic|guideline|terms of)',
      '(?:inappropriate|sensitive|unsafe|harmful|prohibited)(?: or \\w+)? content',
      'content exists risk|high risk',
      '(?:input|output|prompt)[ _](?:new_)?sensitive',
      'responsible ai',
      '(?:content|input|prompt|output|messages?) (?:is|are|contains?|may contain|may be)…(?:unsafe|inappropriate|sensitive|harmful|prohibited)',
      'blocked (?:by|due to)…(?:guardrail|safety|security|moderation|filter|policy)',
      '(?:不安全|敏感|违规)内容|敏感词',
    ),
  },
  {
    kind: 'unsupported',
    among: DENIED,
    words: phrases(
      'operation does not work with the specified model',
      '(?<!not )supported (?:in|with|by|via) (?:the )?/?(?:v1/)?responses',
      'not (?:supported|accessible|available) (?:in|with|by|via|through) (?:the )?/?(?:v1/)?chat/completions',
      'use (?:the )?/?(?:v1/)?responses',
      'not a chat model',
    ),
    unserved: 'for this model',
    says: (blamed) => `${blamed.title} serves this model on another of its APIs`,
    advice: (blamed) => `set wire: openai-responses for it (${wireSetting(blamed)} in your config), or name another model`,
  },
  {
    kind: 'unsupported',
    among: DENIED,
    words: phrases('not (?:supported|accessible|available) (?:in|with|by|via|through) (?:the )?/?(?:v1/)?responses'),
    says: (blamed) => `${blamed.title} serves this model on another of its APIs`,
    advice: (blamed) => `set wire: openai-chat for it (${wireSetting(blamed)} in your config), or name another model`,
  },
  {
    kind: 'unsupported',
    among: ['not_found'],
    words: /no endpoints found that support/i,
    says: (blamed) => `${blamed.title} has nobody who serves this model with all that the request asks for`,
  },
  {
    kind: 'unsupported',
    among: CALLERS,
    words: /on-demand throughput/i,
    unserved: 'by this id',
    says: (blamed) => `${blamed.title} serves this model only through an inference profile`,
    advice: () => 'put the group of regions before its id, as in us.<id>, eu.<id> or global.<id>',
  },
  {
    kind: 'not_found',
    among: ['bad_request', 'not_found', 'upstream'],
    words: phrases(
      'no models? (?:is |are )?(?:currently )?loaded',
      'model (?:is not loaded|(?:has |was )?(?:been )?unloaded)',
      '(?:could not|failed to|unable to|please) load (?:a |the )?model',
    ),
    says: (blamed) => `${blamed.title} has no model loaded`,
    advice: () => 'load one in it and ask again',
  },
  {
    kind: 'not_found',
    among: ['bad_request', 'not_found', 'upstream'],
    words: phrases('try pulling', 'pull the model', 'needs? to be (?:pulled|downloaded)'),
    advice: () => 'download the model there first, or name one that list_models shows',
  },
  {
    kind: 'upstream',
    among: ['upstream'],
    words: phrases('(?:requires?|needs?) more…memory', 'out of memory', 'insufficient…memory'),
    says: (blamed) => `${blamed.title} has too little memory for this model`,
    advice: () => 'free memory there, or name a smaller model',
    over: 'never',
  },
  {
    kind: 'too_long',
    among: CALLERS,
    words: phrases(
      'context[ _-]?(?:length|window|limit|size)',
      'maximum (?:supported )?(?:context|input|prompt|sequence)',
      'prompt (?:is )?too (?:long|large)|prompt exceeds',
      'too many (?:input )?tokens',
      'input (?:token length )?(?:is |token count )?(?:too long|too large|exceeds)',
      "exceeds? (?:the )?(?:model'?s? )?(?:max(?:imum)?|available) (?:context|number of (?:input )?tokens|input|sequence|prompt|length)",
      'exceed(?:s|ed)? (?:the )?(?:model )?(?:token|context|prompt) limit',
      'reduce the length',
      'request (?:entity |body )?(?:is )?too large|payload too large',
      'tokens? (?:exceed|in (?:request|prompt) (?:more than|exceeds))',
      'input length',
      'longer than the maximum',
      'max_?tokens\\W{0,3} must be at least 1, got -',
      'expected maxLength',
      'payload size exceeds|body (?:is )?too large',
      'max input characters',
      'exceeds? (?:the )?max(?:imum)?_? ?(?:model_)?len(?:gth)?',
      '(?:message|conversation|text)s? (?:is|are) too long',
      '(?:超出|超过)…(?:长度|上下文)',
    ),
  },
  {
    kind: 'overloaded',
    among: ['rate_limited', 'upstream'],
    words: phrases(
      'overloaded|overload',
      '(?:at|over|no|insufficient) (?:available )?capacity',
      'high (?:demand|load|traffic)',
      'server (?:is )?busy',
      '(?:temporarily|currently) unavailable',
      'model…(?:is|currently) loading|loading model',
    ),
  },
  {
    kind: 'auth',
    among: ['bad_request', 'forbidden', 'upstream'],
    words: phrases(
      '(?:invalid|incorrect|missing|expired|no|wrong) (?:x-)?api[ _-]?key',
      'api[ _-]?key (?:is )?(?:not valid|invalid|missing|incorrect|expired|required)',
      'invalid (?:auth|token|credentials|bearer)',
      'unauthori[sz]ed|not authori[sz]ed: ',
      'authentication (?:failed|required)',
    ),
  },
  {
    kind: 'not_found',
    among: ['bad_request', 'forbidden', 'upstream', 'overloaded'],
    words: phrases(
      '(?:model|deployment)…(?:does not exist|doesn.t exist|not found|not exist|is not a valid|is unknown|decommissioned|deprecated and|has been retired)',
      '(?:no such|unknown|invalid|unrecognized) model\\b',
      'not a valid model',
      'model identifier is invalid',
      'no (?:available )?(?:channels?|endpoints?|providers?) (?:found )?for…model',
      'no endpoints found for',
    ),
  },
  {
    kind: 'unsupported',
    among: ['bad_request'],
    words: phrases(
      'unsupported (?:parameter|value|field|argument)',
      '(?:is|are) not supported|does(?:n.t| not) support|not (?:enabled|allowed) for',
      '(?:unknown|unrecognized|unexpected) (?:request )?(?:argument|parameter|field|name|keyword|key)',
      'cannot find field|extra (?:inputs|fields)|not permitted',
    ),
  },
  {
    kind: 'bad_request',
    among: ['upstream'],
    words: phrases(
      '(?:failed|unable) to (?:parse|compile|initialize|create) (?:the )?(?:grammar|samplers|json schema|schema)',
      'system role (?:is )?not supported|roles? must alternate',
      'does(?:n.t| not) support system (?:messages?|prompts?|roles?)|(?:system|developer) instruction is not',
    ),
  },
  { kind: 'rate_limited', among: ['bad_request', 'upstream', 'forbidden'], words: MINUTE },
];
