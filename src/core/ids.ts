/** What an id of a conversation or a result looks like, so that anything else is refused before it is looked up. */
export const ID = /^(?:thr|job)_[A-Za-z0-9_-]{22}$/;
