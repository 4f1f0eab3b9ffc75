import type { FailureKind } from '../core/errors.ts';

const STATUS: Readonly<Record<number, FailureKind>> = {
  400: 'bad_request',
  401: 'auth',
  402: 'no_credit',
  403: 'forbidden',
  404: 'not_found',
  405: 'not_found',
  407: 'network', // A proxy wants to know who calls.
  408: 'timeout',
  409: 'upstream',
  410: 'not_found',
  413: 'too_long',
  415: 'bad_request',
  422: 'bad_request',
  424: 'upstream',
  429: 'rate_limited',
  451: 'forbidden',
  498: 'overloaded', // Groq: flex tier capacity exceeded
  501: 'unsupported',
  503: 'overloaded',
  511: 'network', // A network wants somebody to sign in.
  529: 'overloaded', // Anthropic
};

/** The kind that a status amounts to by itself. */
export const kindOfStatus = (status: number): FailureKind =>
  STATUS[status] ?? (status >= 500 || status < 400 ? 'upstream' : 'bad_request');

/** A code without what vendors write differently: case, separators, `Error` at its end, an address behind a colon. */
const plain = (code: string): string =>
  code
    .replace(/:.*/s, '')
    .replaceAll(/[^a-z\d]/gi, '')
    .replace(/(?:error|exception)$/i, '')
    .toLowerCase();

/** Machine-readable codes of the vendors, by the kind that each means. They are precise, so they win over the status. */
const CODES: readonly (readonly [FailureKind, string])[] = [
  [
    'no_credit',
    `
    insufficient_quota exceeded_current_quota_error billing_not_active billing_disabled
    billing_hard_limit_reached billing_error insufficient_balance insufficient_credits
    insufficient_user_quota pre_consume_token_quota_failed credit_limit_exceeded budget_exceeded
    arrearage account_overdue prepaid_bill_overdue postpaid_bill_overdue commodity_not_purchased
    AllocationQuota.FreeTierOnly AllocationQuota.FreeExceeded payment_required
    personal-team-blocked:spending-limit`,
  ],
  [
    'auth',
    `
    invalid_api_key incorrect_api_key_error invalid_authentication_error authentication_error
    api_key_invalid apikey_invalid access_token_expired unauthenticated unauthorized
    mismatched_organization mismatched_project account_deactivated UnrecognizedClientException
    IncompleteSignatureException MissingAuthenticationTokenException InvalidSignatureException
    ExpiredTokenException InvalidClientTokenId token_expired_or_incorrect`,
  ],
  [
    'forbidden',
    `
    permission_error permission_denied permission_denied_error access_denied
    AccessDeniedException Model.AccessDenied Workspace.AccessDenied access_terminated_error
    service_disabled api_key_service_blocked unsupported_country_region_territory
    key_model_access_denied team_model_access_denied OperationNotPermitted`,
  ],
  [
    'not_found',
    `
    model_not_found model_decommissioned model_not_available deployment_not_found
    not_found_error resource_not_found_error ResourceNotFoundException ModelNotFound
    no_such_model unknown_model no_models_loaded`,
  ],
  [
    'bad_request',
    `
    bad_request ValidationException json_validate_failed tool_use_failed validation_error
    InvalidParameter invalid_argument invalid_parameter_value`,
  ],
  [
    'too_long',
    `
    context_length_exceeded context_window_exceeded ContextWindowExceededError
    model_max_prompt_tokens_exceeded max_prompt_tokens_exceeded token_limit_exceeded
    tokens_limit_reached string_above_max_length string_too_long request_too_large
    exceed_context_size_error prompt_too_long input_too_long PayloadTooLarge`,
  ],
  [
    'unsupported',
    `
    unsupported_parameter unsupported_value unsupported_api_for_model unknown_parameter OperationNotSupported
    UnsupportedParamsError`,
  ],
  [
    'refused',
    `
    content_filter content_filter_error content_policy_violation content_moderation
    moderation_blocked ResponsibleAIPolicyViolation data_inspection_failed inappropriate_content
    flagged_input prompt_blocked safety_violation sensitive_content guardrail_violation`,
  ],
  [
    'rate_limited',
    `
    rate_limit_exceeded rate_limit_exceeded_error rate_limit_error rate_limited
    rate_limit_reached_error user_rate_limit_exceeded resource_exhausted throttling
    throttling_error Throttling.RateQuota Throttling.AllocationQuota Throttling.BurstRate
    Throttling.User limit_requests limit_burst_rate too_many_requests too_many_requests_error
    request_quota_exceeded token_quota_exceeded concurrency_limit_exceeded ThrottlingException
    ServiceQuotaExceededException`,
  ],
  [
    'overloaded',
    `
    overloaded_error engine_overloaded engine_overloaded_error server_overloaded
    model_overloaded queue_exceeded unavailable unavailable_error service_unavailable
    service_unavailable_error ModelNotReadyException ServiceUnavailableException
    flex_tier_capacity_exceeded capacity_exceeded`,
  ],
  [
    'upstream',
    `
    deadline_exceeded timeout_error api_error server_error internal internal_error
    internal_server_error ModelTimeoutException ModelErrorException ModelStreamErrorException
    InternalServerException`,
  ],
];

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

const KIND_OF_CODE: ReadonlyMap<string, FailureKind> = new Map(
  CODES.flatMap(([kind, codes]) => words(codes).map((code) => [plain(code), kind] as const)),
);

/** The kind that a code means; undefined: nobody knows the code. A number is a status. */
export const kindOfCode = (code: string): FailureKind | undefined => KIND_OF_CODE.get(plain(code)) ?? STATUS[Number(code)];
