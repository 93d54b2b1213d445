-- What the database had before it became a target, as lines of catalog.sql.
SELECT jsonb_array_elements_text(given) FROM cdk8s_rhdh.move WHERE source_database = :'source';
