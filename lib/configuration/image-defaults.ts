import type { ConfigObject } from './substitution';

/** What the image of RHDH says of the database before every other file (rhdh, app-config.example.production.yaml). */
export const ofTheImage: ConfigObject = {
  backend: {
    database: {
      client: 'pg',
      connection: {
        host: '${POSTGRES_HOST}',
        port: '${POSTGRES_PORT}',
        user: '${POSTGRES_USER}',
        password: '${POSTGRES_PASSWORD}',
      },
    },
  },
};
