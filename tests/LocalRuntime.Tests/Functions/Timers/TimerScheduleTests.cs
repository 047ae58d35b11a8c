using System.Globalization;
using LocalRuntime.Functions.Timers;

namespace LocalRuntime.Tests.Functions.Timers;

public sealed class TimerScheduleTests
{
    [Theory]
    [InlineData("0 */5 * * * *", "2026-01-01T00:00:00Z", "2026-01-01T00:05:00Z")]
    [InlineData("*/15 * * * * *", "2026-01-01T00:00:14Z", "2026-01-01T00:00:15Z")]
    [InlineData("0 30 9 * * Mon-Fri", "2026-01-02T09:30:00Z", "2026-01-05T09:30:00Z")]
    [InlineData("0 0 0 29 2 *", "2026-01-01T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("*/10 * * * *", "2026-01-01T00:09:59Z", "2026-01-01T00:10:00Z")]
    [InlineData("00:00:30", "2026-01-01T00:00:10Z", "2026-01-01T00:00:40Z")]
    [InlineData("%Sweep%", "2026-01-01T00:00:00Z", "2026-01-01T00:01:00Z")]
    public void The_next_time_follows_the_schedule(string schedule, string after, string next)
    {
        var settings = new Dictionary<string, string?> { ["Sweep"] = "0 * * * * *" };

        var parsed = TimerSchedule.Parse("Sweep", schedule, settings.GetValueOrDefault);

        Assert.Equal(At(next), parsed.Next(At(after)));
    }

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
