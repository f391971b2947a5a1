namespace Ecosystem.Rules.Network;

/// <summary>What a <see cref="Pool{T}"/> holds. It makes itself: the runtime's activator would build its cache anew after every collection.</summary>
internal interface IPoolable<TSelf>
    where TSelf : IPoolable<TSelf>
{
    static abstract TSelf Create();

    void Clear();
}
