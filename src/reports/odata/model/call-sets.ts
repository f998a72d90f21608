/** Calls and Outcomes: the facts behind the figures. Numbers masked, no notes. */
import type { PoolClient } from 'pg';
import { scopeSql } from '../../../access/index.js';
import { CustomerNumbers, calledWhileListedSql } from '../../../customers/index.js';
import { MEASURE_OF_ID, measureSql, visibleSql } from '../../../kpi/index.js';
import type { Keys } from '../../../platform/index.js';
import { NO_NUMBER } from '../../../shared/mask-number.js';
import { type EntitySet, type Property, property } from './entity-set.js';

const NULLABLE = { nullable: true } as const;
const SHOWN_ONLY = { nullable: true, filterable: false } as const;
const name = (table: string, id: string): string => `(SELECT name FROM ${table} WHERE id = ${id})`;

/** `of`: alias of the rows, with the columns every fact has. */
function whose(of: string): Property[] {
  return [
    property('agent_id', 'Int64', `${of}.agent_id`, 'Agent it counts for; 0: nobody could be found.'),
    property('agent', 'String', name('agent', `${of}.agent_id`), 'Name as it is now.', NULLABLE),
    property('team_id', 'Int64', `${of}.team_id`, 'Team the agent was in then.'),
    property('team', 'String', name('team', `${of}.team_id`), 'Name as it is now.', NULLABLE),
    property('campaign_id', 'Int64', `${of}.campaign_id`, 'Campaign.'),
    property('campaign', 'String', name('campaign', `${of}.campaign_id`), 'Its name.', NULLABLE),
    property('customer_id', 'Int64', `${of}.customer_id`, 'Surrogate id of the customer; null: anonymous.', NULLABLE),
    // The id stands in until `finish` puts the masked number there.
    property('customer', 'String', `${of}.customer_id::text`, 'Number, masked: 138****1234.', SHOWN_ONLY),
  ];
}

function disposition(of: string): Property[] {
  const said = (column: string) => `(SELECT d.${column} FROM disposition d WHERE d.id = ${of}.disposition_id)`;
  return [
    property('disposition', 'String', said('key'), 'Key of the disposition; null: nobody has said one.', NULLABLE),
    property('disposition_en', 'String', said('name_en'), 'Its English name.', NULLABLE),
    property('disposition_zh', 'String', said('name_zh'), 'Its Chinese name.', NULLABLE),
  ];
}

/** Whether a measure of the catalog counts the call, by the same condition that opens a figure to its calls. */
function counts(named: string, id: string): Property {
  const measure = MEASURE_OF_ID.get(id);
  if (measure === undefined) throw new Error(`No measure of calls is called ${id}`);
  const sql = `coalesce(${measureSql(measure)}, false)`;
  return property(named, 'Boolean', sql, `The measure ${id} counts this call.`);
}

/** With the columns of `call` under its own name: conditions of the KPIs are written over that. */
function callsSet(numbers: Numbers): EntitySet {
  return {
    name: 'Calls',
    type: 'Call',
    permission: 'calls:read',
    description: 'One row a call, by its start. A call that is corrected changes its row.',
    key: ['call_id'],
    order: ['started_at', 'call_id'],
    properties: [
      property('call_id', 'String', 'call.key', 'Id in the phone system.'),
      property('direction', 'String', 'call.direction', 'outbound, inbound or internal.'),
      property(
        'outcome',
        'String',
        'call.outcome',
        'open, answered, no_answer, busy, invalid, canceled, failed or abandoned.',
      ),
      property('answered_by', 'String', 'call.answered_by', 'human, machine, fax or unknown.', NULLABLE),
      property('started_at', 'DateTimeOffset', 'call.started_at', 'First event of the customer leg.'),
      property('answered_at', 'DateTimeOffset', 'call.answered_at', 'Answer.', NULLABLE),
      property('ended_at', 'DateTimeOffset', 'call.ended_at', 'End; null: not known yet.', NULLABLE),
      property('ring_s', 'Decimal', 'call.ring_ms / 1000.0', 'Seconds of ringing.', NULLABLE),
      property('talk_s', 'Decimal', 'call.talk_ms / 1000.0', 'Seconds of talk; 0 until it has ended.'),
      property('business_date', 'Date', 'call.business_date', 'Business date of the team.'),
      property('slot_start', 'DateTimeOffset', 'call.slot_start', 'Quarter hour it counts in.'),
      property('time_zone', 'String', 'call.time_zone', 'Time zone the date is read in.'),
      ...whose('call'),
      ...disposition('call'),
      property('sales', 'Int64', 'call.sales', 'Sales that count.'),
      counts('dial', 'dials'),
      counts('first_dial', 'first_dials'),
      counts('connect', 'connects'),
      counts('human', 'humans'),
      counts('contact', 'contacts'),
      counts('effective', 'effective'),
      counts('machine', 'machine'),
      property('stale', 'Boolean', 'call.stale', 'Closed without an end.'),
      property('incomplete', 'String', `array_to_string(call.incomplete, ',')`, 'What the events could not tell.'),
      property(
        'do_not_call',
        'Boolean',
        calledWhileListedSql('call'),
        'The customer was on the do-not-call list then.',
      ),
    ],
    source: async ({ scope, add }) => {
      const seen = visibleSql(scope, add);
      return { from: 'call', where: seen === null ? [] : [seen] };
    },
    finish: (rows, tx) => numbers.mask(rows, tx),
  };
}

function outcomesSet(numbers: Numbers): EntitySet {
  return {
    name: 'Outcomes',
    type: 'Outcome',
    permission: 'outcomes:read',
    description: 'What was entered about calls and customers, as it counts now. Notes are not part of it.',
    key: ['outcome_id'],
    order: ['at', 'outcome_id'],
    properties: [
      property('outcome_id', 'String', 'o.id', 'Source and its own id.'),
      property('at', 'DateTimeOffset', 'o.at', 'Time of the outcome; of a sale of the sale.'),
      property('business_date', 'Date', 'o.business_date', 'Business date of the team.'),
      property('slot_start', 'DateTimeOffset', 'o.slot_start', 'Quarter hour it counts in.'),
      ...whose('o'),
      property('call_id', 'String', 'o.call_key', 'Its call.', NULLABLE),
      property('origin', 'String', 'o.origin', 'Of an outbound or inbound call, or other: of none.'),
      ...disposition('o'),
      property('flags', 'String', `array_to_string(o.flags, ',')`, 'human, contact, sale, callback, dnc, complaint.'),
      property('sold', 'Boolean', 'o.sold', 'A sale that counts.'),
      property('amount_minor', 'Int64', 'o.amount_minor', 'Minor units of currency; 0 where nothing counts.'),
      property('currency', 'String', '(SELECT currency FROM campaign WHERE id = o.campaign_id)', 'ISO 4217.', NULLABLE),
      property('callback_at', 'DateTimeOffset', 'o.callback_at', 'When a promised callback is due.', NULLABLE),
      property('callback_closed', 'Boolean', 'o.callback_closed', 'Its window is over: it counts.'),
      property('callback_kept', 'Boolean', 'o.callback_kept', 'The customer was dialled within it.'),
      property('cancelled', 'Boolean', 'o.cancelled', 'Taken back.'),
      property('problems', 'String', `array_to_string(o.problems, ',')`, 'What could not be resolved.'),
    ],
    source: async ({ scope, add }) => {
      const owner = scopeSql(scope, { agent: 'o.agent_id', team: 'o.team_id' }, add);
      if (owner === null) return { from: 'outcome o', where: [] };
      // Like GET /outcomes: also of those who have a part of the revenue.
      const part = scopeSql(scope, { agent: `(p->>'agent')::integer`, team: `(p->>'team')::integer` }, add);
      const shared = `EXISTS (SELECT 1 FROM jsonb_array_elements(o.revenue) p WHERE ${part})`;
      return { from: 'outcome o', where: [`(${owner} OR ${shared})`] };
    },
    finish: (rows, tx) => numbers.mask(rows, tx),
  };
}

export function callSets(keys: Keys): EntitySet[] {
  const numbers = new Numbers(new CustomerNumbers(keys));
  return [callsSet(numbers), outcomesSet(numbers)];
}

class Numbers {
  constructor(private readonly numbers: Pick<CustomerNumbers, 'masked'>) {}

  /** Surrogate ids in `customer` become masked numbers; of one that was erased the mask alone. */
  async mask(rows: Record<string, unknown>[], tx: PoolClient): Promise<void> {
    const ids = rows.map(({ customer }) => customer).filter((id) => typeof id === 'string');
    const masked = await this.numbers.masked(tx, ids);
    for (const row of rows) {
      if (typeof row.customer === 'string') row.customer = masked.get(row.customer) ?? NO_NUMBER;
    }
  }
}
