using System.Security.Cryptography;
using System.Text;

namespace Ecosystem.Temporal.Operations;

/// <summary>Compares the key that a call carries (<c>authorization: Bearer KEY</c>, as SDKs send API keys) with the service's.</summary>
internal sealed class ApiKeyCheck(string? key)
{
    private readonly byte[]? _expected = key is null ? null : Hash("Bearer " + key);

    /// <summary>Refuses a call without the key, if there is one.</summary>
    /// <exception cref="RpcException">PERMISSION_DENIED.</exception>
    public void Demand(ServerCallContext call)
    {
        // Hashes have one length, so that the time of the comparison tells nothing about the key.
        if (_expected is not null && !CryptographicOperations.FixedTimeEquals(_expected, Hash(call.RequestHeaders.GetValue("authorization") ?? "")))
        {
            throw RpcErrors.PermissionDenied("Request unauthorized.");
        }
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
