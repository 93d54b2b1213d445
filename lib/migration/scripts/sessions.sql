-- Who is connected to the databases of :databases, the move aside. What the server shows to nobody but its monitors is
-- left empty.
SELECT json_build_object('side', :'side', 'database', datname, 'user', usename, 'address', coalesce(host(client_addr), ''),
                         'application', coalesce(application_name, ''), 'count', count(*))
FROM pg_stat_activity
WHERE datid = ANY (:'databases'::oid[]) AND coalesce(backend_type, 'client backend') = 'client backend'
  AND coalesce(application_name, '') NOT LIKE 'cdk8s-rhdh-move %'
GROUP BY datname, usename, client_addr, application_name
ORDER BY datname, usename, client_addr, application_name;
