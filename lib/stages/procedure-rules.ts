import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { areOneServer, type HubOnServer, hubsOn, placeOf, serverAddress } from '../database/hubs-on-server';
import { Postgres, type IPostgres } from '../database/postgres';
import { HubBase } from '../hub/hub-base';
import { LocalPostgres } from '../hub/local-postgres';
import { DatabaseMigration } from '../migration/database-migration';
import { OrchestratorPlugins } from '../orchestrator/orchestrator-plugins';
import { SonataFlowPlatform } from '../orchestrator/sonataflow-platform';
import { Workflow } from '../orchestrator/workflow';
import type { Rule } from '../rules/rule';
import { apiObjectsOf } from './api-objects';
import { claimedTwice, claimText } from './claimed-twice';
import type { Stage } from './stage';

/** What an app refuses of how its stages work together. */
export const procedureRules: readonly Rule<IConstruct>[] = [
  {
    name: 'app/order',
    refuses: 'a stage before, or at the same time as, one that it needs',
    check: (app) => needsOf(app).flatMap(orderProblem),
  },
  {
    name: 'app/one-database',
    refuses: 'a hub that is connected to another server than its data is copied to',
    check: (app) => {
      const targets = allOf(app, DatabaseMigration).map(({ _target }) => _target);
      return allOf(app, HubBase).flatMap(({ name, database }) =>
        database === undefined ||
        targets.length === 0 ||
        targets.some((target) => areOneServer(target, database))
          ? []
          : [
              `hub ${name} is connected to ${placeOf(database)}, and the data is copied to ` +
                `${[...new Set(targets.map(placeOf))].join(', ')}; connect the hub to the target of its DatabaseMigration`,
            ],
      );
    },
  },
  {
    name: 'app/migration-source',
    refuses: 'a copy of the data of another hub than the one that gets it',
    check: (app) =>
      allOf(app, DatabaseMigration).flatMap(({ _source, _target, node }) => {
        const hubs = allOf(app, HubBase).filter(
          ({ database }) => database !== undefined && areOneServer(database, _target),
        );
        return !(_source instanceof LocalPostgres) ||
          hubs.length === 0 ||
          hubs.some(({ name }) => name === _source._hub)
          ? []
          : [
              `${node.path} copies the databases of hub ${_source._hub}, and hub ${hubs.map(({ name }) => name).join(', ')} gets them; ` +
                `write hub: '${hubs[0].name}' in its LocalPostgres`,
            ];
      }),
  },
  {
    name: 'app/old-server',
    refuses: 'a hub that leaves another external server than its data is copied from',
    check: (app) =>
      allOf(app, DatabaseMigration).flatMap(({ _source, _target, node }) =>
        _source instanceof LocalPostgres
          ? []
          : allOf(app, HubBase)
              .filter(({ database }) => database !== undefined && areOneServer(database, _target))
              .filter(({ _left }) => _left !== undefined && !areOneServer(_left, _source))
              .map(
                ({ name, _left }) =>
                  `${node.path} copies the databases of ${placeOf(_source)}, and hub ${name} leaves ${placeOf(_left as IPostgres)}; ` +
                  'write one server in both places',
              ),
      ),
  },
  {
    name: 'app/claimed-twice',
    refuses: 'an object that a chart of the caller and another chart claim',
    check: (app) =>
      claimedTwice(chartsOf(app))
        .filter(({ chart, owner }) => !isStage(chart) || !isStage(owner))
        .map((claim) => claimText(claim, `${claim.owner.node.path} and in ${claim.chart.node.path}`)),
  },
  {
    name: 'app/copied-twice',
    refuses: 'two migrations that copy the same databases to one server',
    check: (app) => {
      const migrations = allOf(app, DatabaseMigration);
      return migrations.flatMap((migration, index) =>
        migrations
          .slice(0, index)
          .filter((other) => other.jobName !== migration.jobName && copyTheSame(other, migration))
          .slice(0, 1)
          .map(
            (other) =>
              `${other.node.path} and ${migration.node.path} copy the same databases to ${placeOf(migration._target)}; ` +
              'write one DatabaseMigration, or include other databases in each',
          ),
      );
    },
  },
  {
    name: 'app/own-databases',
    refuses: 'two hubs whose plugins would share their databases',
    check: (app) => {
      const connected = allOf(app, HubBase).flatMap(({ database }) =>
        database === undefined ? [] : [[serverAddress(database), database] as const],
      );
      if (connected.length < 2) return [];
      return [...new Map(connected).values()].flatMap((database) =>
        sharedDatabases(hubsOn(database), placeOf(database)),
      );
    },
  },
  {
    name: 'app/chart-in-chart',
    refuses: 'a chart inside a stage, whose objects would be a file outside the sequence',
    check: (app) =>
      chartsOf(app).flatMap((chart) => {
        const around = chart.node.scopes.find((scope) => scope !== chart && isStage(scope));
        return around === undefined
          ? []
          : [
              `${chart.node.path} is a chart inside ${around.node.path}, so that its objects would be a file of their own; ` +
                'write a Construct in its place, or put it beside the stages',
            ];
      }),
  },
  {
    name: 'app/numbered',
    refuses: 'a file without number, which has no place in the sequence',
    check: (app) =>
      chartsOf(app)
        .filter(({ node: { scope, id } }) => scope === app && !/^\d{4}-/.test(id))
        .map(
          ({ node: { id } }) =>
            `${id}.k8s.yaml would have no place in the sequence; write an id with a number, such as '0150-${id}'`,
        ),
  },
  {
    name: 'app/empty',
    refuses: 'an app without stages, or with empty ones alone, whose synthesis would empty the output folder',
    check: (app) =>
      chartsOf(app).length > 0
        ? []
        : [
            'the app has no stage with an object, and synthesis would remove all files of an earlier one; add a Stage with a hub',
          ],
  },
];

/** Whether two migrations copy from and to the same servers, and one of them what the other does. */
function copyTheSame(one: DatabaseMigration, other: DatabaseMigration): boolean {
  const choices = [one, other].map(({ _choice }) => JSON.stringify(_choice));
  return (
    areOneServer(one._source, other._source) &&
    areOneServer(one._target, other._target) &&
    (choices[0] === choices[1] || choices.includes('{}'))
  );
}

/** What a hub's configuration elsewhere says is not known, and so not refused. */
function sharedDatabases(hubs: readonly HubOnServer[], place: string): string[] {
  const known = hubs.filter(({ unknownConfigMaps }) => unknownConfigMaps.length === 0);
  return known.flatMap((hub, index) =>
    known.slice(0, index).flatMap((other) => {
      const prefix = hub.prefix !== undefined && hub.prefix === other.prefix ? [`${hub.prefix}…`] : [];
      const shared = [...prefix, ...hub.names.filter((name) => other.names.includes(name))];
      return shared.length === 0 || hub.hub === other.hub
        ? []
        : [
            `hubs ${other.hub} and ${hub.hub} would both work in ${shared.join(', ')} on ${place}; ` +
              'write backend.database.prefix, or another database, into the app-config of one',
          ];
    }),
  );
}

/** That a construct works only once another is applied, or is at least applied with it. */
interface Need {
  readonly who: IConstruct;
  readonly needs: IConstruct;
  readonly what: string;
  readonly mayBeAtOnce: boolean;
}

function needsOf(app: IConstruct): Need[] {
  const need = (who: IConstruct, needs: IConstruct | undefined, what: string, mayBeAtOnce = false): Need[] =>
    needs === undefined ? [] : [{ who, needs, what, mayBeAtOnce }];
  const server = (who: IConstruct, postgres: IPostgres | undefined, what: string): Need[] =>
    postgres instanceof Postgres && objectsIn(postgres).length > 0
      ? need(
          who,
          postgres,
          what,
          !objectsIn(postgres).some(({ kind }) => ['StatefulSet', 'Job'].includes(kind)),
        )
      : [];
  const migrations = allOf(app, DatabaseMigration);
  return [
    ...migrations.flatMap((migration) => [
      ...server(migration, migration._source, 'its source'),
      ...server(migration, migration._target, 'its target'),
    ]),
    ...allOf(app, HubBase).flatMap((hub) => [
      ...server(hub, hub.database, 'its database'),
      ...migrations
        .filter(({ _target }) => hub.database !== undefined && areOneServer(_target, hub.database))
        .flatMap((migration) => need(hub, migration, 'the copy of its data')),
    ]),
    ...allOf(app, SonataFlowPlatform).flatMap((platform) =>
      server(platform, platform.postgres, 'its database'),
    ),
    ...allOf(app, OrchestratorPlugins).flatMap((plugins) => [
      ...need(plugins, plugins._hub, 'its hub'),
      ...need(plugins, plugins._platform, 'its platform'),
    ]),
    ...allOf(app, Workflow).flatMap((workflow) => need(workflow, workflow._platform, 'its platform')),
  ];
}

function orderProblem({ who, needs, what, mayBeAtOnce }: Need): string[] {
  const [stage, needed] = [stageOf(who), stageOf(needs)];
  if (stage === undefined || needed === undefined) return [];
  if (stage.kind > needed.kind || (mayBeAtOnce && stage.kind === needed.kind)) return [];
  const when = stage.kind === needed.kind ? 'in the same' : `in ${needed.kind}, which is applied later`;
  return [
    `${who.node.path} is in stage ${stage.kind}, and ${what} (${needs.node.path}) ${when}; put what is needed into an earlier stage`,
  ];
}

function stageOf(construct: IConstruct): Stage | undefined {
  return construct.node.scopes.find(isStage);
}

/** To cdk8s every chart is an instance of every class of charts. */
function isStage(construct: IConstruct): construct is Stage {
  return construct instanceof Chart && 'kind' in construct;
}

function objectsIn(construct: IConstruct): ApiObject[] {
  return construct.node.findAll().filter((child): child is ApiObject => ApiObject.isApiObject(child));
}

function chartsOf(app: IConstruct): Chart[] {
  return app.node
    .findAll()
    .filter((child): child is Chart => child instanceof Chart && apiObjectsOf(child).length > 0);
}

/** A class, also one whose constructor is protected. */
interface Type<T> {
  readonly prototype: T;
  [Symbol.hasInstance](value: unknown): boolean;
}

function allOf<T extends IConstruct>(app: IConstruct, type: Type<T>): T[] {
  return app.node.findAll().filter((child): child is T => child instanceof type);
}
