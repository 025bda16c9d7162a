// Stands in for @apollo/usage-reporting-protobuf: @apollo/gateway notes every step of a plan in these,
// for traces that are only sent when Apollo's usage reporting is on.

class Note {
  nodes = [];
}

export const Trace = {
  QueryPlanNode: Object.assign(class extends Note {}, {
    SequenceNode: Note,
    ParallelNode: Note,
    FlattenNode: Note,
    FetchNode: Note,
    ConditionNode: Note,
    ResponsePathElement: Note,
  }),
};

export const google = { protobuf: { Timestamp: Note } };
