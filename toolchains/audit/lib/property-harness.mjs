/** Writes the Solidity that forge runs: the contract's own code as it will be deployed, and a test for each property. */

const MAX_FUNCTIONS = 40;
const MAX_PAIRS = 16;
const PLAIN = /^(address|bool|string|bytes([1-9]|[12]\d|3[0-2])?|u?int(\d+)?)(\[\])?$/;

const FRAME = `
interface Vm {
    function prank(address) external;
    function deal(address, uint256) external;
}

contract Stranger {
    address private target;
    bytes private data;
    uint256 private left;

    function attack(address target_, bytes calldata deposit, bytes calldata data_) external payable {
        (target, data, left) = (target_, data_, 3);
        (bool paid, ) = target_.call{value: msg.value}(deposit);
        require(paid, "not paid in");
        (bool done, ) = target_.call(data_);
        done;
    }

    receive() external payable {
        if (left == 0) return;
        left -= 1;
        (bool done, ) = target.call(data);
        done;
    }
}
`;

const BODY = `
    Vm private constant vm = Vm(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);
    address private constant OWNER = address(uint160(0xA11ce));
    address private constant STRANGER = address(uint160(0xBadBad));
    address private constant VICTIM = address(uint160(0xB0b0));
    address private target;

    struct Look {
        uint256 ether_;
        address owner;
        bool hasOwner;
        uint256 supply;
        bool hasSupply;
    }

    function put(bytes memory code) private returns (address made) {
        vm.prank(OWNER);
        assembly {
            made := create(0, add(code, 32), mload(code))
        }
    }

    function read(bytes memory data) private view returns (bool, uint256) {
        (bool done, bytes memory answer) = target.staticcall(data);
        if (!done || answer.length < 32) return (false, 0);
        return (true, abi.decode(answer, (uint256)));
    }

    function look() private view returns (Look memory seen) {
        uint256 owner;
        seen.ether_ = STRANGER.balance;
        (seen.hasOwner, owner) = read(abi.encodeWithSignature("owner()"));
        seen.owner = address(uint160(owner));
        (seen.hasSupply, seen.supply) = read(abi.encodeWithSignature("totalSupply()"));
        (bool isToken, ) = read(abi.encodeWithSignature("decimals()"));
        seen.hasSupply = seen.hasSupply && isToken;
    }

    function check(Look memory before) private view {
        Look memory seen = look();
        require(seen.ether_ <= before.ether_, "slipway:ether-drained");
        require(!before.hasOwner || seen.owner == before.owner, "slipway:owner-taken");
        require(!before.hasSupply || seen.supply <= before.supply, "slipway:supply-raised");
    }

    function tryAsStranger(bytes memory data) private {
        Look memory before = look();
        vm.prank(STRANGER);
        (bool done, ) = target.call(data);
        if (done) check(before);
    }

    function pick(address value) private pure returns (address) {
        return uint160(value) % 2 == 0 ? value : STRANGER;
    }

    function pick(uint256 value) private pure returns (uint256) {
        return value % 2 == 0 ? value % 1 ether : value;
    }

    function test_deployed() public view {
        require(target.code.length > 0, "the constructor reverts");
    }
`;

/**
 * @param tests `{contract, creation, proxy: {code, rest} | null, functions: [{name, inputs: string[], payable}], views: string[]}`
 * @returns `{source, names}`: by the test's name what it is about and what to say when it fails
 */
export function writeHarness(tests) {
  const names = {};
  const parts = [writeSetUp(tests)];
  const functions = tests.functions.filter((one) => one.inputs.every((type) => PLAIN.test(type))).slice(0, MAX_FUNCTIONS);
  for (const [index, one] of functions.entries()) {
    const name = `${one.inputs.length === 0 ? "test" : "testFuzz"}_call_${index}`;
    const title = `${tests.contract}.${one.name}`;
    names[name] = {
      target: one.name,
      says: { "ether-drained": `A stranger got ether out of the contract by calling ${title}.`, "owner-taken": `A stranger changed the owner by calling ${title}.`, "supply-raised": `A stranger raised the supply by calling ${title}.` },
    };
    parts.push(writeCall({ name, one }));
  }
  parts.push(...writePairs({ tests, functions, names }), ...writeToken({ tests, names }));
  return { source: `// SPDX-License-Identifier: MIT\npragma solidity ^0.8.20;\n${FRAME}\ncontract Properties {${BODY}\n${parts.join("\n")}\n}\n`, names };
}

function writeSetUp({ creation, proxy }) {
  const hex = (text) => `hex"${text.replace(/^0x/, "")}"`;
  const lines = proxy === null ? [`        target = put(${hex(creation)});`] : [`        address code = put(${hex(creation)});`, `        target = put(bytes.concat(${hex(proxy.code)}, abi.encode(code), ${hex(proxy.rest)}));`];
  return `    function setUp() public {\n${lines.join("\n")}\n        vm.deal(target, 10 ether);\n    }`;
}

const location = (type) => (/^(string|bytes)$|\[\]$/.test(type) ? `${type} memory` : type);
const picked = (type, name) => (type === "address" || type === "uint256" ? `pick(${name})` : name);
const signatureOf = ({ name, inputs }) => `"${name}(${inputs.join(",")})"`;

function writeCall({ name, one }) {
  const parameters = one.inputs.map((type, index) => `${location(type)} a${index}`).join(", ");
  const values = one.inputs.map((type, index) => `, ${picked(type, `a${index}`)}`).join("");
  return `    function ${name}(${parameters}) public {\n        tryAsStranger(abi.encodeWithSignature(${signatureOf(one)}${values}));\n    }\n`;
}

/** Pays in and takes out, calling again in between. */
function writePairs({ tests, functions, names }) {
  const deposits = functions.filter((one) => one.payable && one.inputs.length === 0);
  const takes = functions.filter((one) => !one.payable && ["", "uint256", "address", "address,uint256"].includes(one.inputs.join(",")));
  const pairs = deposits.flatMap((deposit) => takes.map((take) => ({ deposit, take }))).slice(0, MAX_PAIRS);
  return pairs.map(({ deposit, take }, index) => {
    const name = `test_again_${index}`;
    names[name] = { target: take.name, says: { any: `A contract that calls ${tests.contract}.${take.name} again while it is paid takes out more than it put in.` } };
    const values = take.inputs.map((type) => (type === "address" ? ", address(one)" : ", 1 ether")).join("");
    return `    function ${name}() public {
        vm.deal(VICTIM, 5 ether);
        vm.prank(VICTIM);
        (bool paid, ) = target.call{value: 5 ether}(abi.encodeWithSignature(${signatureOf(deposit)}));
        paid;
        Stranger one = new Stranger();
        vm.deal(address(this), 1 ether);
        try one.attack{value: 1 ether}(target, abi.encodeWithSignature(${signatureOf(deposit)}), abi.encodeWithSignature(${signatureOf(take)}${values})) {} catch {}
        require(address(one).balance <= 1 ether, "slipway:ether-reentered");
    }
`;
  });
}

function writeToken({ tests, names }) {
  const has = (signature) => tests.functions.some((one) => `${one.name}(${one.inputs.join(",")})` === signature) || tests.views.includes(signature);
  if (!has("transfer(address,uint256)") || !has("totalSupply()") || !has("balanceOf(address)")) return [];
  const parts = [];
  names.testFuzz_conserves = { target: "transfer", says: { any: `A transfer of ${tests.contract} changes the total supply.` } };
  parts.push(`    function testFuzz_conserves(address to, uint256 amount) public {
        (, uint256 balance) = read(abi.encodeWithSignature("balanceOf(address)", OWNER));
        (, uint256 before) = read(abi.encodeWithSignature("totalSupply()"));
        vm.prank(OWNER);
        (bool done, ) = target.call(abi.encodeWithSignature("transfer(address,uint256)", to, balance == 0 ? 0 : amount % (balance + 1)));
        (, uint256 supply) = read(abi.encodeWithSignature("totalSupply()"));
        require(!done || supply == before, "slipway:supply-not-conserved");
    }
`);
  if (has("pause()") && has("paused()")) {
    names.test_paused = { target: "transfer", says: { any: `Tokens of ${tests.contract} can be transferred while it is paused.` } };
    parts.push(`    function test_paused() public {
        vm.prank(OWNER);
        (bool isPaused, ) = target.call(abi.encodeWithSignature("pause()"));
        (, uint256 balance) = read(abi.encodeWithSignature("balanceOf(address)", OWNER));
        if (!isPaused || balance == 0) return;
        vm.prank(OWNER);
        (bool moved, ) = target.call(abi.encodeWithSignature("transfer(address,uint256)", VICTIM, 1));
        require(!moved, "slipway:pause-ineffective");
    }
`);
  }
  if (has("cap()") && has("mint(address,uint256)")) {
    names.testFuzz_cap = { target: "mint", says: { any: `${tests.contract}.mint makes more tokens than the cap.` } };
    parts.push(`    function testFuzz_cap(uint256 amount) public {
        (, uint256 cap) = read(abi.encodeWithSignature("cap()"));
        (, uint256 before) = read(abi.encodeWithSignature("totalSupply()"));
        if (before > cap) return;
        if (amount % 2 == 0) amount %= cap + 1;
        for (uint256 round = 0; round < 2; round++) {
            vm.prank(OWNER);
            (bool done, ) = target.call(abi.encodeWithSignature("mint(address,uint256)", VICTIM, round == 0 ? amount : cap));
            done;
        }
        (, uint256 supply) = read(abi.encodeWithSignature("totalSupply()"));
        require(supply <= cap, "slipway:cap-exceeded");
    }
`);
  }
  return parts;
}

