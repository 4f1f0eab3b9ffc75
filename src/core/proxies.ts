/** A proxy as the environment names it: its address, or why it cannot be used, as a whole sentence. */
export type Proxy = { address: string } | { refused: string };

/** The proxies for plain and for secure addresses, and the hosts that are reached without one. */
export type Proxies = { http?: Proxy; https?: Proxy; none?: string };
