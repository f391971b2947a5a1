using Temporalio.Exceptions;

namespace Ecosystem.Temporal.Tests.Sdk.Conformance;

/// <summary>What is deleted goes a moment after the answer.</summary>
internal static class Gone
{
    /// <summary>Asks until it is not found.</summary>
    public static async Task WhenAsync(Func<Task> ask)
    {
        while (true)
        {
            try
            {
                await ask();
            }
            catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
            {
                return;
            }

            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }
}
