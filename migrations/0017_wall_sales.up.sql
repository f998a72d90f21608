-- Boards: whether a sale interrupts them. The default board, where nobody has arranged it yet, shows targets, sales and a ticker.

-- {on, sound, minAmountMinor} as src/shared/board-schema.ts has it.
ALTER TABLE board ADD COLUMN celebrate jsonb NOT NULL DEFAULT '{"on": false, "sound": false, "minAmountMinor": 0}';

UPDATE board SET celebrate = '{"on": true, "sound": false, "minAmountMinor": 0}', pages = $pages$[{"id": "page-1", "tiles": [
    {"id": "dials", "kind": "figure", "x": 0, "y": 0, "w": 11, "h": 7, "title": null,
     "options": {"kpi": "dials", "usual": true, "target": "own"}},
    {"id": "connects", "kind": "figure", "x": 11, "y": 0, "w": 11, "h": 7, "title": null,
     "options": {"kpi": "connects", "usual": true, "target": "own"}},
    {"id": "connect-rate", "kind": "figure", "x": 22, "y": 0, "w": 11, "h": 7, "title": null,
     "options": {"kpi": "connect_rate", "usual": true, "target": "own"}},
    {"id": "talk", "kind": "figure", "x": 0, "y": 7, "w": 11, "h": 7, "title": null,
     "options": {"kpi": "talk_s", "usual": true, "target": "own"}},
    {"id": "effective", "kind": "figure", "x": 11, "y": 7, "w": 11, "h": 7, "title": null,
     "options": {"kpi": "effective", "usual": true, "target": "own"}},
    {"id": "sales", "kind": "figure", "x": 22, "y": 7, "w": 11, "h": 7, "title": null,
     "options": {"kpi": "sales", "usual": true, "target": "own"}},
    {"id": "leaders", "kind": "leaderboard", "x": 33, "y": 0, "w": 15, "h": 12, "title": null,
     "options": {"kpi": "sales", "second": "effective", "top": 10}},
    {"id": "floor", "kind": "floor", "x": 0, "y": 14, "w": 33, "h": 12, "title": null, "options": {}},
    {"id": "hours", "kind": "hours", "x": 33, "y": 12, "w": 15, "h": 7, "title": null, "options": {}},
    {"id": "ticker", "kind": "ticker", "x": 33, "y": 19, "w": 15, "h": 7, "title": null, "options": {}}
  ]}]$pages$
WHERE id = 'default' AND revision = 1;
