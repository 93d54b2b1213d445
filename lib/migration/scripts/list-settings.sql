-- Settings that are lists of quoted names, as in pg_dump's variable_is_guc_list_quote: `:elements` gives those of `value`,
-- each as a literal. `:left_settings` are not copied: what fences the source, and what names its roles.
\set list_settings '''local_preload_libraries'', ''search_path'', ''session_preload_libraries'', ''shared_preload_libraries'', ''temp_tablespaces'', ''unix_socket_directories'''
\set left_settings '''default_transaction_read_only'', ''role'', ''session_authorization'''
\set elements 'SELECT coalesce(string_agg(quote_literal(coalesce(replace(element[1], ''""'', ''"''), element[2])), '', '' ORDER BY number), '''') FROM regexp_matches(value, ''\\s*(?:"((?:[^"]|"")*)"|([^,\\s"][^,\\s]*))\\s*(?:,|$)'', ''g'') WITH ORDINALITY AS _ (element, number)'
