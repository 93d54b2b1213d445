-- Bytes that the tables that are being copied have got by now.
SELECT coalesce(sum(bytes_processed), 0)
FROM pg_stat_progress_copy JOIN pg_stat_activity USING (pid)
WHERE application_name = current_setting('application_name');
