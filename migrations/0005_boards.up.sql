-- Boards, owned by the organisation, and the TVs paired with them.

CREATE TABLE board (
  -- Slug of its address.
  id text PRIMARY KEY CHECK (id ~ '^[a-z][a-z0-9-]{1,39}$'),
  revision integer NOT NULL DEFAULT 1,
  name text NOT NULL,
  -- Null: the organisation. Teams below come with them; teams are archived, never deleted.
  teams integer[],
  audience text NOT NULL CHECK (audience IN ('scope', 'everyone')),
  theme text NOT NULL CHECK (theme IN ('dark', 'light', 'festive')),
  trend_colours text NOT NULL CHECK (trend_colours IN ('organisation', 'green_up', 'red_up')),
  names text NOT NULL CHECK (names IN ('names', 'initials', 'off')),
  language text NOT NULL CHECK (language IN ('auto', 'en', 'zh')),
  rotation_seconds integer NOT NULL CHECK (rotation_seconds >= 0),
  -- As src/shared/board-schema.ts has it.
  pages jsonb NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE screen (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  board_id text NOT NULL REFERENCES board,
  -- sha256 of the 256-bit token in the TV's cookie; null until the TV has fetched it.
  token_hash bytea UNIQUE,
  paired_at timestamptz NOT NULL,
  last_seen_at timestamptz,
  -- Shows its board until then, unless the process named here says otherwise; renewed while it is connected.
  online_until timestamptz,
  online_process uuid
);
CREATE INDEX screen_board ON screen (board_id);

-- A TV that waits for somebody to type its code. Ten minutes, then the row goes.
CREATE TABLE screen_pairing (
  -- sha256 of the secret the TV asks with.
  secret_hash bytea PRIMARY KEY,
  -- Six digits; null once used.
  code text UNIQUE CHECK (code ~ '^[0-9]{6}$'),
  expires_at timestamptz NOT NULL,
  screen_id integer UNIQUE REFERENCES screen ON DELETE CASCADE
);
CREATE INDEX screen_pairing_expiry ON screen_pairing (expires_at);

-- ── first content ───────────────────────────────────────────────────────────────────────────────────────────────

INSERT INTO board (id, name, audience, theme, trend_colours, names, language, rotation_seconds, pages) VALUES
  ('default', '', 'scope', 'dark', 'organisation', 'names', 'auto', 0, $pages$[{"id": "page-1", "tiles": [
    {"id": "dials", "kind": "figure", "x": 0, "y": 0, "w": 11, "h": 7, "title": null,
     "options": {"kpi": "dials", "usual": true, "target": null}},
    {"id": "connects", "kind": "figure", "x": 11, "y": 0, "w": 11, "h": 7, "title": null,
     "options": {"kpi": "connects", "usual": true, "target": null}},
    {"id": "connect-rate", "kind": "figure", "x": 22, "y": 0, "w": 11, "h": 7, "title": null,
     "options": {"kpi": "connect_rate", "usual": true, "target": null}},
    {"id": "talk", "kind": "figure", "x": 0, "y": 7, "w": 11, "h": 7, "title": null,
     "options": {"kpi": "talk_s", "usual": true, "target": null}},
    {"id": "effective", "kind": "figure", "x": 11, "y": 7, "w": 11, "h": 7, "title": null,
     "options": {"kpi": "effective", "usual": true, "target": null}},
    {"id": "average-talk", "kind": "figure", "x": 22, "y": 7, "w": 11, "h": 7, "title": null,
     "options": {"kpi": "avg_talk_s", "usual": true, "target": null}},
    {"id": "leaders", "kind": "leaderboard", "x": 33, "y": 0, "w": 15, "h": 14, "title": null,
     "options": {"kpi": "effective", "second": "connects", "top": 10}},
    {"id": "floor", "kind": "floor", "x": 0, "y": 14, "w": 33, "h": 12, "title": null, "options": {}},
    {"id": "hours", "kind": "hours", "x": 33, "y": 14, "w": 15, "h": 12, "title": null, "options": {}}
  ]}]$pages$);
