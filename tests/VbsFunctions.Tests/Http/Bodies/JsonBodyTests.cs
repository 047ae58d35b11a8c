using System.Text;
using VbsFunctions.Http.Bodies;

namespace VbsFunctions.Tests.Http.Bodies;

public sealed class JsonBodyTests
{
    [Theory]
    [InlineData("")]
    [InlineData("  \n")]
    [InlineData("{")]
    [InlineData("{\"restore\":{}}}")]
    [InlineData("{'restore':{}}")]
    [InlineData("{\"restore\":{},}")]
    [InlineData("{\"restore\":{}} // comment")]
    [InlineData("\uFEFF{}")]
    [InlineData("NaN")]
    [InlineData("[-Infinity]")]
    [InlineData("[01]")]
    [InlineData("\"tab\tinside\"")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":{\"b\":1,\"\\u0062\":2}}")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"\\udc00\":1}")]
    public void What_is_not_one_unambiguous_json_value_is_unreadable(string text) =>
        Assert.False(JsonBody.TryRead(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData(new byte[] { 0x22, 0xff, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xc0, 0x80, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xed, 0xa0, 0x80, 0x22 })]
    [InlineData(new byte[] { 0x7b, 0x00, 0x7d, 0x00 })]
    [InlineData(new byte[] { 0x00 })]
    public void Bytes_that_are_not_utf8_json_are_unreadable(byte[] bytes) => Assert.False(JsonBody.TryRead(bytes, out _));

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(50_000, false)]
    public void Nesting_goes_down_to_64(int depth, bool readable) =>
        Assert.Equal(readable, JsonBody.TryRead(Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth)), out _));

    [Theory]
    [InlineData(4300, "", true)]
    [InlineData(4301, "", false)]
    [InlineData(100_000, "", false)]
    [InlineData(100_000, ".5", true)]
    [InlineData(100_000, "e99999", true)]
    public void A_whole_number_has_up_to_4300_digits(int digits, string rest, bool readable) =>
        Assert.Equal(readable, JsonBody.TryRead(Encoding.UTF8.GetBytes(new string('9', digits) + rest), out _));

    [Fact]
    public void A_body_as_large_as_the_limit_and_full_of_oddities_is_quoted_without_fail()
    {
        var text = $$"""{"restore":[{{string.Concat(Enumerable.Repeat("1e999,-1.5E-7,\"\\u0000'\",", 4000))}}null]}""";
        Assert.InRange(text.Length, 90_000, BodyReader.LimitBytes);

        Assert.True(JsonBody.TryRead(Encoding.UTF8.GetBytes(text), out var json));
        var (_, fault) = RestoreBody.Read(json, volumeIdRequired: true);

        Assert.StartsWith("Invalid input for field/attribute restore. Value: [inf, -1.5e-07, \"\\x00'\", inf", fault?.Message, StringComparison.Ordinal);
    }
}
