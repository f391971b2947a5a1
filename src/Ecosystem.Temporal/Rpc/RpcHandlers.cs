namespace Ecosystem.Temporal.Rpc;

/// <summary>The implementation of RPCs by name, filled once when the service starts.</summary>
internal sealed class RpcHandlers
{
    private readonly Dictionary<string, Delegate> _handlers = [];

    /// <summary>Adds the implementation of an RPC of the workflow service, or of another one where its name says so.</summary>
    public void Add<TRequest, TResponse>(string method, Func<TRequest, ServerCallContext, Task<TResponse>> handler)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> => _handlers[method] = handler;

    /// <summary>Adds an implementation that needs no waiting.</summary>
    public void Add<TRequest, TResponse>(string method, Func<TRequest, TResponse> handler)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        _handlers[method] = (Func<TRequest, ServerCallContext, Task<TResponse>>)((request, _) => Task.FromResult(handler(request)));

    public IReadOnlySet<string> Implemented => _handlers.Keys.ToHashSet();

    /// <summary>The implementation of an RPC; one that is missing answers UNIMPLEMENTED.</summary>
    public Func<TRequest, ServerCallContext, Task<TResponse>> Get<TRequest, TResponse>(string method)
    {
        if (_handlers.TryGetValue(method, out var handler))
        {
            return (Func<TRequest, ServerCallContext, Task<TResponse>>)handler;
        }

        return (_, _) => throw RpcErrors.Unimplemented($"{method} is not implemented by this service.");
    }
}
