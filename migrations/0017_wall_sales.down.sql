-- What this version of the program cannot draw goes: tickers, targets of the organisation, ways of ranking.
UPDATE board SET pages = (
  SELECT jsonb_agg(jsonb_set(page, '{tiles}', coalesce((
    SELECT jsonb_agg(
      CASE
        WHEN tile->'options'->>'target' = 'own' THEN jsonb_set(tile, '{options,target}', 'null')
        ELSE tile #- '{options,mode}'
      END ORDER BY place)
    FROM jsonb_array_elements(page->'tiles') WITH ORDINALITY AS t(tile, place)
    WHERE tile->>'kind' <> 'ticker'), '[]')) ORDER BY number)
  FROM jsonb_array_elements(pages) WITH ORDINALITY AS p(page, number));
ALTER TABLE board DROP COLUMN celebrate;
