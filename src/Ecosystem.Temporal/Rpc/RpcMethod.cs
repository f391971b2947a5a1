using Google.Protobuf.Reflection;

namespace Ecosystem.Temporal.Rpc;

/// <summary>What is known of an RPC from its descriptor.</summary>
internal sealed class RpcMethod(MethodDescriptor descriptor)
{
    /// <summary>Beginnings of the names of RPCs that only read or go on with work that was taken on.</summary>
    private static readonly string[] OrdinaryVerbs = ["Get", "Describe", "List", "Count", "Scan", "Query", "Respond", "Record", "Shutdown", "Lock", "Unlock", "Sleep", "Terminate", "Delete"];

    public string Name { get; } = descriptor.Name;

    public string Service { get; } = descriptor.Service.FullName;

    public string FullName { get; } = $"{descriptor.Service.FullName}/{descriptor.Name}";

    public RequestFields Fields { get; } = new(descriptor.InputType);

    public RpcKind Kind { get; } = descriptor.Name.StartsWith("Poll", StringComparison.Ordinal) ? RpcKind.LongPoll
        : Array.Exists(OrdinaryVerbs, verb => descriptor.Name.StartsWith(verb, StringComparison.Ordinal)) ? RpcKind.Ordinary
        : RpcKind.NewWork;
}
