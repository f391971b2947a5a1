namespace Ecosystem.Rules.Network;

internal enum AggregateChange : byte
{
    None,
    Added,
    Modified,
    Removed,
    Dropped,
}
