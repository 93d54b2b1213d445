-- The statement that creates the target database as its source is: encoding, locale, provider; from template0,
-- because every other template may hold anything. An option that an older server does not have is left out.
SELECT format('CREATE DATABASE %I TEMPLATE template0 ENCODING %L LC_COLLATE %L LC_CTYPE %L%s', :'target',
              pg_encoding_to_char(encoding), datcollate, datctype,
              CASE to_jsonb(d) ->> 'datlocprovider'
                WHEN 'i' THEN format(' LOCALE_PROVIDER icu ICU_LOCALE %L', coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale'))
                          || coalesce(format(' ICU_RULES %L', to_jsonb(d) ->> 'daticurules'), '')
                WHEN 'b' THEN format(' LOCALE_PROVIDER builtin BUILTIN_LOCALE %L', to_jsonb(d) ->> 'datlocale')
                WHEN 'c' THEN ' LOCALE_PROVIDER libc'
                ELSE ''
              END) || ';'
FROM pg_database d
WHERE datname = current_database();
