using Temporalio.Api.TestService.V1;

namespace Ecosystem.Temporal.Rpc;

/// <summary>The test service: time that is skipped.</summary>
internal sealed class TestHandlers(Engine engine, SkippingClock? clock)
{
    public void AddTo(RpcHandlers handlers)
    {
        handlers.Add<Google.Protobuf.WellKnownTypes.Empty, GetCurrentTimeResponse>(
            "GetCurrentTime",
            _ => new GetCurrentTimeResponse { Time = Timestamp.FromDateTimeOffset(engine.Now) });
        if (clock is null)
        {
            return;
        }

        handlers.Add<LockTimeSkippingRequest, LockTimeSkippingResponse>("LockTimeSkipping", _ =>
        {
            clock.Lock();
            return new LockTimeSkippingResponse();
        });
        handlers.Add<UnlockTimeSkippingRequest, UnlockTimeSkippingResponse>("UnlockTimeSkipping", _ =>
        {
            Unlock();
            return new UnlockTimeSkippingResponse();
        });
        handlers.Add<SleepRequest, SleepResponse>("Sleep", async (request, call) =>
        {
            await clock.SleepUntil(engine.Now + (request.Duration?.ToTimeSpan() ?? TimeSpan.Zero)).WaitAsync(call.CancellationToken);
            return new SleepResponse();
        });
        handlers.Add<SleepUntilRequest, SleepResponse>("SleepUntil", async (request, call) =>
        {
            await clock.SleepUntil(request.Timestamp?.ToDateTimeOffset() ?? engine.Now).WaitAsync(call.CancellationToken);
            return new SleepResponse();
        });
        handlers.Add<SleepRequest, SleepResponse>("UnlockTimeSkippingWithSleep", async (request, call) =>
        {
            Unlock();
            try
            {
                await clock.SleepUntil(engine.Now + (request.Duration?.ToTimeSpan() ?? TimeSpan.Zero)).WaitAsync(call.CancellationToken);
            }
            finally
            {
                clock.Lock();
            }

            return new SleepResponse();
        });
    }

    private void Unlock()
    {
        if (!clock!.Unlock())
        {
            throw RpcErrors.FailedPrecondition("Unbalanced lock and unlock calls: time skipping is not locked.");
        }
    }
}
