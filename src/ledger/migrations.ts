/** The file's versions, as SQL. One that was released is never changed: a new one follows it. */
export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE breaker (
     key TEXT PRIMARY KEY,
     failures INTEGER NOT NULL,
     open_until INTEGER NOT NULL,
     said_until INTEGER NOT NULL,
     probe_until INTEGER NOT NULL
   ) WITHOUT ROWID`,
  // What was spent is the journal and nothing else: `counted` and `piece` are sums over it, brought up to date row by row
  // (`tally.ts`). One pass counts for all accounts of a budget, so `through` is one for all of them.
  `CREATE TABLE attempt (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     uid TEXT NOT NULL UNIQUE,
     at INTEGER NOT NULL,
     call TEXT NOT NULL,
     session TEXT NOT NULL,
     tool TEXT NOT NULL,
     agent TEXT,
     project TEXT NOT NULL,
     asked TEXT NOT NULL,
     provider TEXT NOT NULL,
     model TEXT NOT NULL,
     served TEXT,
     kind TEXT,
     status INTEGER,
     cached INTEGER NOT NULL,
     input INTEGER,
     cache_read INTEGER,
     cache_write INTEGER,
     output INTEGER,
     thinking INTEGER,
     nano_usd INTEGER,
     cost_from TEXT,
     ms INTEGER NOT NULL,
     first_byte_ms INTEGER,
     prompt TEXT,
     answer TEXT
   );
   CREATE INDEX attempt_at ON attempt (at);
   CREATE TABLE hold (
     id TEXT NOT NULL,
     key TEXT NOT NULL,
     nano_usd INTEGER NOT NULL,
     expires_at INTEGER NOT NULL,
     PRIMARY KEY (id, key)
   ) WITHOUT ROWID;
   CREATE INDEX hold_key ON hold (key, expires_at, nano_usd);
   CREATE TABLE counted (
     count TEXT PRIMARY KEY,
     window TEXT NOT NULL,
     rolling INTEGER NOT NULL,
     through INTEGER NOT NULL,
     touched_at INTEGER NOT NULL
   ) WITHOUT ROWID;
   CREATE TABLE piece (
     count TEXT NOT NULL,
     key TEXT NOT NULL,
     begins_at INTEGER NOT NULL,
     nano_usd INTEGER NOT NULL,
     PRIMARY KEY (count, key, begins_at)
   ) WITHOUT ROWID;
   CREATE TABLE reset (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     at INTEGER NOT NULL,
     key TEXT NOT NULL,
     budget TEXT NOT NULL,
     nano_usd INTEGER NOT NULL,
     through INTEGER NOT NULL
   );
   CREATE INDEX reset_key ON reset (key, id);
   CREATE TABLE kept_answer (
     key TEXT PRIMARY KEY,
     at INTEGER NOT NULL,
     bytes INTEGER NOT NULL,
     body TEXT NOT NULL
   ) WITHOUT ROWID;
   CREATE INDEX kept_answer_at ON kept_answer (at, bytes)`,
  // `owner`: whose it is; empty for whoever uses the machine itself, else a fingerprint of the token that made it. `asked`: as
  // the model was asked for, because a vendor's own name for what served is not always one that can be called.
  `CREATE TABLE thread (
     id TEXT PRIMARY KEY,
     owner TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     used_at INTEGER NOT NULL,
     system TEXT,
     summary TEXT,
     summed_through INTEGER NOT NULL
   ) WITHOUT ROWID;
   CREATE INDEX thread_used ON thread (used_at);
   CREATE TABLE turn (
     thread TEXT NOT NULL,
     n INTEGER NOT NULL,
     at INTEGER NOT NULL,
     role TEXT NOT NULL,
     model TEXT,
     asked TEXT,
     agent TEXT,
     bytes INTEGER NOT NULL,
     content TEXT NOT NULL,
     PRIMARY KEY (thread, n)
   ) WITHOUT ROWID;
   CREATE TABLE kept_result (
     id TEXT PRIMARY KEY,
     owner TEXT NOT NULL,
     at INTEGER NOT NULL,
     bytes INTEGER NOT NULL,
     body TEXT NOT NULL
   ) WITHOUT ROWID;
   CREATE INDEX kept_result_at ON kept_result (at, bytes)`,
  // What is about to be asked stands here before it is, so that a process that is killed in the middle of it leaves a trace.
  // Two clocks, because the one on the wall may be set meanwhile.
  `CREATE TABLE under_way (
     id TEXT PRIMARY KEY,
     began_at INTEGER NOT NULL,
     expires_at INTEGER NOT NULL,
     began_up INTEGER NOT NULL,
     expires_up INTEGER NOT NULL,
     host TEXT NOT NULL,
     process TEXT,
     call TEXT NOT NULL,
     session TEXT NOT NULL,
     tool TEXT NOT NULL,
     agent TEXT,
     project TEXT NOT NULL,
     asked TEXT NOT NULL,
     provider TEXT NOT NULL,
     model TEXT NOT NULL,
     again INTEGER NOT NULL,
     nano_usd INTEGER
   ) WITHOUT ROWID;
   ALTER TABLE breaker ADD COLUMN noted_at INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE attempt ADD COLUMN process TEXT;
   ALTER TABLE attempt ADD COLUMN again INTEGER NOT NULL DEFAULT 0;
   CREATE INDEX attempt_lost ON attempt (at) WHERE kind = 'lost';
   CREATE INDEX turn_bytes ON turn (thread, bytes)`,
];
