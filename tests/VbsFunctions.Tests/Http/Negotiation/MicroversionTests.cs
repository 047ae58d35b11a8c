using VbsFunctions.Http.Negotiation;

namespace VbsFunctions.Tests.Http.Negotiation;

public sealed class MicroversionTests
{
    [Theory]
    [InlineData(null, 0)]
    [InlineData("volume 3.0", 0)]
    [InlineData("volume 3.45", 45)]
    [InlineData("volume   3.71", 71)]
    [InlineData("volume latest", 71)]
    [InlineData("compute 2.1, volume 3.27", 27)]
    public void A_version_from_3_0_to_3_71_is_taken_and_3_0_is_the_default(string? header, int minor) =>
        Assert.Equal((minor, null), Microversion.Read(header));

    [Theory]
    [InlineData("volume 3.72", "3.72")]
    [InlineData("volume 4.0", "4.0")]
    [InlineData("volume 2.1", "2.1")]
    [InlineData("volume 30.1", "30.1")]
    [InlineData("volume 3.99999999999999999999", "3.99999999999999999999")]
    public void Any_other_version_is_406(string header, string version)
    {
        var (_, fault) = Microversion.Read(header);

        Assert.Equal((406, "computeFault"), (fault?.Status, fault?.Key));
        Assert.Equal($"Version {version} is not supported by the API. Minimum is 3.0 and maximum is 3.71.", fault?.Message);
    }

    [Theory]
    [InlineData("volume 3", "API Version String 3 is of invalid format. Must be of format MajorNum.MinorNum.")]
    [InlineData("volume 3.01", "API Version String 3.01 is of invalid format. Must be of format MajorNum.MinorNum.")]
    [InlineData("volume 03.1", "API Version String 03.1 is of invalid format. Must be of format MajorNum.MinorNum.")]
    [InlineData("volume 3.x", "API Version String 3.x is of invalid format. Must be of format MajorNum.MinorNum.")]
    [InlineData("volume 3.\u0661", "API Version String 3.\u0661 is of invalid format. Must be of format MajorNum.MinorNum.")]
    [InlineData("volume 3.1 3.2", "API Version String 3.1 3.2 is of invalid format. Must be of format MajorNum.MinorNum.")]
    [InlineData("volume", "API Version String  is of invalid format. Must be of format MajorNum.MinorNum.")]
    [InlineData("compute 2.1", "API version None is not supported on this method.")]
    public void What_is_no_version_is_400(string header, string message)
    {
        var (_, fault) = Microversion.Read(header);

        Assert.Equal((400, message), (fault?.Status, fault?.Message));
    }
}
