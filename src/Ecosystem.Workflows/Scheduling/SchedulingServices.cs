using Ecosystem.Workflows.Engagement;
using Ecosystem.Workflows.Onboarding;
using Ecosystem.Workflows.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Workflows.Scheduling;

/// <summary>Registers the room.</summary>
internal static class SchedulingServices
{
    public static IServiceCollection AddScheduling(this IServiceCollection services) => services
        .AddSingleton<ProtectionSweep>()
        .AddSingleton<PayoutCalendar>()
        .AddSingleton<TierReviews>()
        .AddSingleton<PartnerCases>()
        .AddSingleton(services => new Rescreenings(
            services.GetRequiredService<StorageSession>(), services.GetRequiredService<OnboardingService>(), services.GetRequiredService<PartnerCases>(), services.GetRequiredService<TimeProvider>()))
        .AddSingleton(services => new ReEnablements(
            services.GetRequiredService<StorageSession>(), services.GetRequiredService<HealthService>(), services.GetRequiredService<PartnerCases>(), services.GetRequiredService<TimeProvider>()))
        .AddTransient<ProtectionSweepJob>()
        .AddTransient<PayoutCalendarJob>()
        .AddTransient<TierReviewJob>()
        .AddTransient<RescreeningJob>()
        .AddTransient<ReEnablementJob>();
}
