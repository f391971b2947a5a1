namespace Ecosystem.Rules.Network;

internal sealed class Bucket<TKey>(TKey key) : Bucket
{
    public readonly TKey Key = key;
}
