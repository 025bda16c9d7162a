import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

/** Three subgraphs with what ours have not: interfaces, unions, lists of lists, required fields, hidden enum values. */
const HEAD =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires", "@inaccessible"])';

const books = `${HEAD}
  type Query {
    book(id: ID!): Book
    shelf(first: Int = 3): [Item!]!
    grid: [[Book]!]
    search(text: String): [Result]
    favourite: Item
  }
  type Mutation { addBook(title: String!): Book!  removeBook(id: ID!): Boolean! }
  interface Item { id: ID!  title: String! }
  union Result = Book | Person | Disc
  type Book implements Item @key(fields: "id") {
    id: ID!
    title: String!
    genre: Genre
    author: Person!
    editors: [Person]
    sequels(first: Int): [Book!]!
    blurb: Blurb
    rating: Float
    copies: Int
    isNew: Boolean!
  }
  type Disc implements Item @key(fields: "id") {
    id: ID!
    title: String!
    artist: Person
    tracks: [Track!]!
  }
  type Track { name: String!  seconds: Int!  writer: Person }
  type Blurb { text: String!  by: Person }
  enum Genre { NOVEL POEM SECRET @inaccessible }
  type Person @key(fields: "id", resolvable: false) { id: ID! }
`;

const people = `${HEAD}
  type Query { person(id: ID!): Person  people: [Person!]! }
  type Mutation { renamePerson(id: ID!, name: String!): Person }
  interface Named { name: String! }
  type Person implements Named @key(fields: "id") {
    id: ID!
    name: String!
    nick: String
    friends: [Person!]
    home: Address!
  }
  type Address { street: String!  city: City }
  type City @key(fields: "id", resolvable: false) { id: ID! }
`;

const places = `${HEAD}
  type Query { city(id: ID!): City }
  type City @key(fields: "id") { id: ID!  name: String!  mayor: Person  twins: [[City!]!] }
  type Person @key(fields: "id") {
    id: ID!
    name: String! @external
    tag(upper: Boolean = false): String @requires(fields: "name")
    birthplace: City
  }
  type Book @key(fields: "id") { id: ID!  printedIn: City }
`;

export const librarySubgraphs: Readonly<Record<string, string>> = { books, people, places };

/** Composes the library's supergraph: half a second. */
export function composeLibrary(): string {
  const services = Object.entries(librarySubgraphs).map(([name, sdl]) => ({
    name,
    typeDefs: parse(sdl),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(errors?.join('\n'));
  return supergraphSdl;
}
