/** $metadata as CSDL XML 4.0, with names and formulas as Core.Description. Pure. */
import type { EntitySet, Property } from './model/entity-set.js';

export const NAMESPACE = 'Tallyboard';
const VOCABULARIES = 'https://oasis-tcs.github.io/odata-vocabularies/vocabularies';
const FILTERS =
  'contains,startswith,endswith,concat,tolower,toupper,trim,length,year,month,day,hour,minute,second,date';

export function renderMetadata(sets: readonly EntitySet[]): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="4.0">',
    ...reference('Org.OData.Core.V1', 'Core'),
    ...reference('Org.OData.Capabilities.V1', 'Capabilities'),
    '  <edmx:DataServices>',
    `    <Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="${NAMESPACE}">`,
    ...sets.flatMap(entityType),
    '      <EntityContainer Name="Feed">',
    ...sets.flatMap(entitySet),
    ...container(),
    '      </EntityContainer>',
    '    </Schema>',
    '  </edmx:DataServices>',
    '</edmx:Edmx>',
    '',
  ].join('\n');
}

function reference(namespace: string, alias: string): string[] {
  return [
    `  <edmx:Reference Uri="${VOCABULARIES}/${namespace}.xml">`,
    `    <edmx:Include Namespace="${namespace}" Alias="${alias}"/>`,
    '  </edmx:Reference>',
  ];
}

function entityType({ type, key, properties, description }: EntitySet): string[] {
  return [
    `      <EntityType Name="${type}">`,
    '        <Key>',
    ...key.map((name) => `          <PropertyRef Name="${name}"/>`),
    '        </Key>',
    ...properties.flatMap(propertyXml),
    `        <Annotation Term="Core.Description" String="${xml(description)}"/>`,
    '      </EntityType>',
  ];
}

function propertyXml({ name, type, nullable, description }: Property): string[] {
  const facets = [
    nullable ? '' : ' Nullable="false"',
    type === 'Decimal' ? ' Precision="20" Scale="3"' : '',
    type === 'DateTimeOffset' ? ' Precision="6"' : '',
  ].join('');
  return [
    `        <Property Name="${name}" Type="Edm.${type}"${facets}>`,
    `          <Annotation Term="Core.Description" String="${xml(description)}"/>`,
    '        </Property>',
  ];
}

/** What a client may not try: tools fold less into the query then, and work it out themselves. */
function entitySet({ name, type, properties }: EntitySet): string[] {
  const shown = properties.filter(({ filterable }) => !filterable).map((one) => one.name);
  const without = (term: string, part: string) => [
    `          <Annotation Term="Capabilities.${term}">`,
    '            <Record>',
    `              <PropertyValue Property="${part}">`,
    '                <Collection>',
    ...shown.map((one) => `                  <PropertyPath>${one}</PropertyPath>`),
    '                </Collection>',
    '              </PropertyValue>',
    '            </Record>',
    '          </Annotation>',
  ];
  return [
    `        <EntitySet Name="${name}" EntityType="${NAMESPACE}.${type}">`,
    ...['InsertRestrictions/Insertable', 'UpdateRestrictions/Updatable', 'DeleteRestrictions/Deletable'].flatMap(no),
    ...['SearchRestrictions/Searchable', 'ExpandRestrictions/Expandable'].flatMap(no),
    ...(shown.length === 0 ? [] : without('FilterRestrictions', 'NonFilterableProperties')),
    ...(shown.length === 0 ? [] : without('SortRestrictions', 'NonSortableProperties')),
    '        </EntitySet>',
  ];
}

function no(path: string): string[] {
  const [term = '', part = ''] = path.split('/');
  return [
    `          <Annotation Term="Capabilities.${term}">`,
    `            <Record><PropertyValue Property="${part}" Bool="false"/></Record>`,
    '          </Annotation>',
  ];
}

function container(): string[] {
  return [
    '        <Annotation Term="Capabilities.FilterFunctions">',
    `          <Collection>${FILTERS.split(',')
      .map((name) => `<String>${name}</String>`)
      .join('')}</Collection>`,
    '        </Annotation>',
    '        <Annotation Term="Capabilities.ConformanceLevel" EnumMember="Capabilities.ConformanceLevelType/Minimal"/>',
    '        <Annotation Term="Capabilities.BatchSupported" Bool="false"/>',
  ];
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function xml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? '').replace(/\s+/g, ' ');
}
