using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Client.Schedules;
using Temporalio.Exceptions;

namespace Ecosystem.Temporal.Tests.Sdk.Conformance;

/// <summary>Schedules: made, triggered, filled back, paused, changed, listed, removed.</summary>
internal static class ScheduleCalls
{
    public static async Task MakeAsync(TemporalClient client)
    {
        var handle = await client.CreateScheduleAsync("s", new Schedule(
            ScheduleActionStartWorkflow.Create((OneActivityWorkflow workflow) => workflow.RunAsync(1), new("scheduled", "q")),
            new ScheduleSpec { Intervals = [new ScheduleIntervalSpec(TimeSpan.FromDays(1))] }));
        await handle.TriggerAsync();
        var first = await FirstActionAsync(handle);
        Assert.Equal(2, await client.GetWorkflowHandle(first.WorkflowId, first.FirstExecutionRunId).GetResultAsync<int>());
        var day = DateTime.UtcNow.Date.AddDays(-10);
        await handle.BackfillAsync([new ScheduleBackfill(day.AddHours(-1), day.AddHours(25), ScheduleOverlapPolicy.AllowAll)]);
        while ((await handle.DescribeAsync()).Info.NumActions < 3)
        {
            await Task.Yield();
        }

        await handle.PauseAsync("rest");
        Assert.Equal((true, "rest"), (await handle.DescribeAsync()).Schedule.State is var state ? (state.Paused, state.Note) : default);
        await handle.UpdateAsync(input => new ScheduleUpdate(input.Description.Schedule with { State = new() { Note = "changed" } }));
        Assert.Equal((false, "changed"), (await handle.DescribeAsync()).Schedule.State is var changed ? (changed.Paused, changed.Note) : default);
        var times = await client.WorkflowService.ListScheduleMatchingTimesAsync(new()
        {
            Namespace = HandWorker.Namespace,
            ScheduleId = "s",
            StartTime = Timestamp.FromDateTime(DateTime.UtcNow),
            EndTime = Timestamp.FromDateTime(DateTime.UtcNow.AddDays(3)),
        });
        Assert.Equal(3, times.StartTime.Count);
        Assert.Equal("s", Assert.Single(await client.ListSchedulesAsync().ToListAsync(TestContext.Current.CancellationToken)).Id);
        Assert.Equal(1, (await client.WorkflowService.CountSchedulesAsync(new() { Namespace = HandWorker.Namespace })).Count);
        await handle.DeleteAsync();
        Assert.Equal(RpcException.StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => handle.DescribeAsync())).Code);
    }

    private static async Task<ScheduleActionExecutionStartWorkflow> FirstActionAsync(ScheduleHandle handle)
    {
        while (true)
        {
            if ((await handle.DescribeAsync()).Info.RecentActions.FirstOrDefault() is { Action: ScheduleActionExecutionStartWorkflow started })
            {
                return started;
            }
        }
    }
}
