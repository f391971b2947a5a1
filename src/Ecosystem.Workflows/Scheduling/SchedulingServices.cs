using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Workflows.Scheduling;

/// <summary>Registers the room.</summary>
internal static class SchedulingServices
{
    public static IServiceCollection AddScheduling(this IServiceCollection services) => services
        .AddSingleton<ProtectionSweep>()
        .AddSingleton<PayoutCalendar>()
        .AddSingleton<TierReviews>()
        .AddSingleton<Rescreenings>()
        .AddSingleton<ReEnablements>()
        .AddTransient<ProtectionSweepJob>()
        .AddTransient<PayoutCalendarJob>()
        .AddTransient<TierReviewJob>()
        .AddTransient<RescreeningJob>()
        .AddTransient<ReEnablementJob>();
}
