namespace Ecosystem.Rules.Network;

internal enum MetricKind
{
    InsertInput,
    UpdateInput,
    RetractInput,
    InsertOutput,
    UpdateOutput,
    RetractOutput,
}
