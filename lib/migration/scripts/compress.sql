-- Compresses long values by lz4 where the target can, as PostgreSQL does on its own from version 19 on: half the time
-- of writing them, and of reading them again for the proof.
SELECT set_config('default_toast_compression', 'lz4', false)
FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals);
